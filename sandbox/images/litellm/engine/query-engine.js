#!/usr/bin/env node
// Stands where Prisma's query-engine binary does: `query-engine -p PORT`, its HTTP protocol, its answers.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import { Engine, failure } from './engine.js';

// The commit of prisma-engines that version 5.17.0 of the packages was built from.
const VERSION = 'query-engine 393aa359c9ad4a4bb28630fb5613f9c281cde053';

const { values: flags } = parseArgs({
  options: {
    version: { type: 'boolean' },
    port: { type: 'string', short: 'p' },
    'enable-metrics': { type: 'boolean' },
    'enable-raw-queries': { type: 'boolean' },
  },
});
if (flags.version) {
  console.log(VERSION);
} else {
  await serve(Number(flags.port));
}

async function serve(port) {
  const engine = new Engine(readFileSync(process.env.PRISMA_DML_PATH, 'utf8'), process.env);
  await engine.connect();
  const server = createServer(async (request, response) => {
    const answer = await handle(engine, request).catch(explain);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  // The client keeps idle connections for as long as it likes; one closed under its hands would fail a query.
  server.keepAliveTimeout = 0;
  server.listen(port, '127.0.0.1');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

async function handle(engine, request) {
  const body = await readBody(request);
  const { pathname } = new URL(request.url, 'http://engine');
  const [, id, end] = pathname.match(/^\/transaction\/([^/]+)\/(commit|rollback)$/) ?? [];
  if (pathname === '/status') return { status: 'ok' };
  if (pathname === '/metrics') return { counters: [], gauges: [], histograms: [] };
  if (pathname === '/transaction/start') return engine.startTransaction(JSON.parse(body));
  if (end) return end === 'commit' ? engine.commit(id) : engine.rollback(id);
  return engine.query(JSON.parse(body), request.headers['x-transaction-id']);
}

async function readBody(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

// The engine throws its own errors as JSON; anything else is told as a failed raw query, the most general kind.
function explain(error) {
  const known = parseOrNothing(error.message);
  if (known?.error_code) return failure(known.error_code, known.message, known.meta);
  console.error(error);
  return failure('P2010', String(error.message ?? error));
}

function parseOrNothing(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
