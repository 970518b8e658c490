// The database as Prisma's URL describes it, in the driver's terms.
import { createRequire } from 'node:module';

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
];

export function parseUrl(text) {
  const url = new URL(text);
  const parameters = url.searchParams;
  const schema = parameters.get('schema') ?? 'public';
  const poolSize = Number(parameters.get('connection_limit') ?? POOL_SIZE);
  PRISMA_PARAMETERS.forEach((name) => parameters.delete(name));
  // To the driver, `prefer` means that a server without TLS is an error; to Prisma, that it is fine.
  if (parameters.get('sslmode') === 'prefer') parameters.delete('sslmode');
  return { connectionString: url.toString(), schema, poolSize };
}

export function openPool({ connectionString, poolSize }) {
  readNamesAsText();
  const pool = new pg.Pool({ connectionString, max: poolSize });
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
