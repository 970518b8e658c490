// Prisma's query engine, the same Rust as in the real image, in its WebAssembly build.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { PrismaPg } from '@prisma/adapter-pg';
import { bindAdapter } from '@prisma/driver-adapter-utils';

import { openPool, parseUrl } from './database.js';
import { readModels, urlVariable, withDriverAdapters } from './datamodel.js';
import { translateAnswer, translateDocument } from './translate.js';

// The engine wants a trace context with every call; nothing here collects traces.
const TRACE = JSON.stringify({ traceparent: '00-00-00-00' });

const CLOSED = 'Transaction already closed: it is not known to this engine';

export class Engine {
  #engine;
  #models;
  #transactions = new Set(); // the engine aborts when it is asked about one that it doesn't know

  constructor(datamodel, environment) {
    const database = parseUrl(findUrl(datamodel, environment));
    const adapter = bindAdapter(new PrismaPg(openPool(database), { schema: database.schema }));
    this.#models = readModels(datamodel);
    this.#engine = load(withDriverAdapters(datamodel), environment, adapter);
  }

  async connect() {
    await this.#engine.connect(TRACE);
  }

  // A request is { query } or { batch: [{ query }...], transaction }.
  async query(request, transaction) {
    if (transaction && !this.#transactions.has(transaction)) return failure('P2028', CLOSED);
    if (request.batch) return this.#batch(request, transaction);
    const parts = translateDocument(request.query, this.#models);
    const answers = [];
    for (const part of parts) {
      const answer = translateAnswer(await this.#ask(part.query, transaction), part);
      if (answer.errors) return answer;
      answers.push(answer.data);
    }
    return { data: Object.assign({}, ...answers) };
  }

  async #batch(request, transaction) {
    const parts = request.batch.flatMap(({ query }) => translateDocument(query, this.#models));
    const batch = { batch: parts.map(({ query }) => query), transaction: request.transaction ? {} : undefined };
    const answer = await this.#ask(batch, transaction);
    if (answer.errors) return { errors: answer.errors };
    const batchResult = answer.batchResult.map((result, index) => translateAnswer(result, parts[index]));
    return { batchResult, errors: batchResult.find(({ errors }) => errors)?.errors };
  }

  async #ask(query, transaction) {
    return JSON.parse(await this.#engine.query(JSON.stringify(query), TRACE, transaction));
  }

  async startTransaction(options) {
    const answer = JSON.parse(await this.#engine.startTransaction(JSON.stringify(options), TRACE));
    if (answer.error_code) return failure(answer.error_code, answer.message, answer.meta);
    this.#transactions.add(answer.id);
    return answer;
  }

  commit(id) {
    return this.#end(id, 'commitTransaction');
  }

  rollback(id) {
    return this.#end(id, 'rollbackTransaction');
  }

  async #end(id, method) {
    if (!this.#transactions.delete(id)) return failure('P2028', CLOSED);
    const answer = JSON.parse(await this.#engine[method](id, TRACE));
    return answer?.error_code ? failure(answer.error_code, answer.message, answer.meta) : {};
  }
}

// An error in the form that the client reads its kind from.
export function failure(code, message, meta = {}) {
  return { errors: [{ error: message, user_facing_error: { is_panic: false, message, meta, error_code: code } }] };
}

function findUrl(datamodel, environment) {
  const [override] = JSON.parse(environment.OVERWRITE_DATASOURCES ?? '[]');
  return override?.url ?? environment[urlVariable(datamodel)];
}

function load(datamodel, environment, adapter) {
  const require = createRequire(import.meta.url);
  // The package doesn't export its runtime's engine, so it is read from its folder.
  const runtime = path.join(path.dirname(require.resolve('@prisma/client/package.json')), 'runtime');
  const glue = require(path.join(runtime, 'query_engine_bg.postgresql.js'));
  const binary = readFileSync(path.join(runtime, 'query_engine_bg.postgresql.wasm'));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { './query_engine_bg.js': glue });
  glue.__wbg_set_wasm(exports);
  const options = {
    datamodel,
    logLevel: 'error',
    logQueries: false,
    enableTracing: false,
    ignoreEnvVarErrors: false,
    engineProtocol: 'json',
    datasourceOverrides: {},
    env: { ...environment },
    configDir: '.',
  };
  return new glue.QueryEngine(options, (line) => console.error(line), adapter);
}
