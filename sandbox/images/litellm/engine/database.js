// The database as Prisma's URL describes it, in the driver's terms.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rootCertificates } from 'node:tls';

import pg from 'pg';

const POOL_SIZE = 10;

// Parameters that Prisma takes for itself; PostgreSQL would refuse them.
const PRISMA_PARAMETERS = [
  'connect_timeout',
  'connection_limit',
  'pgbouncer',
  'pool_timeout',
  'schema',
  'socket_timeout',
  'sslaccept',
  'sslcert',
  'sslmode',
];

export function parseUrl(text) {
  const url = new URL(text);
  const parameters = url.searchParams;
  const schema = parameters.get('schema') ?? 'public';
  const poolSize = Number(parameters.get('connection_limit') ?? POOL_SIZE);
  const ssl = tls(parameters);
  PRISMA_PARAMETERS.forEach((name) => parameters.delete(name));
  return { connectionString: url.toString(), schema, poolSize, ssl };
}

// Prisma asks for TLS with `sslmode`, checks the certificate only if `sslaccept` is strict, and trusts one
// authority more in the file `sslcert`. Where it would take either, `prefer`, it is done without here.
function tls(parameters) {
  if (parameters.get('sslmode') !== 'require') return false;
  const file = parameters.get('sslcert');
  const more = file ? [new X509Certificate(readFileSync(file)).toString()] : [];
  return { rejectUnauthorized: parameters.get('sslaccept') === 'strict', ca: [...rootCertificates, ...more] };
}

export function openPool({ connectionString, poolSize, ssl }) {
  readNamesAsText();
  const pool = new pg.Pool({ connectionString, ssl, max: poolSize });
  // An idle connection that breaks is replaced at the next query; unhandled, this event would end the process.
  pool.on('error', (error) => console.error(`database connection lost: ${error.message}`));
  return pool;
}

// PostgreSQL's catalogs hold identifiers as `name` and `name[]`, types that Prisma's adapter doesn't know.
function readNamesAsText() {
  const textual = new Map([
    [pg.types.builtins.NAME ?? 19, pg.types.builtins.TEXT],
    [1003, 1009],
  ]);
  const messages = createRequire(import.meta.url)('pg-protocol/dist/messages.js');
  messages.Field = class extends messages.Field {
    constructor(name, table, column, type, ...rest) {
      super(name, table, column, textual.get(type) ?? type, ...rest);
    }
  };
}
