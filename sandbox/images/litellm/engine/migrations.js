// Migrations as folders of SQL, and the ledger that Prisma keeps of them in the database.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// The number that Prisma's own migration engine locks, so that the two exclude each other.
const LOCK = 72707369;

const CREATE_LEDGER = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

// An error with the code that LiteLLM looks for in what is printed.
export class MigrationError extends Error {
  constructor(code, message) {
    super(`${code}\n\n${message}`);
  }
}

// In the order in which they are to be applied: their names begin with a time.
export function readMigrations(folder) {
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'migration.sql')));
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

export class Ledger {
  #client;

  constructor(client) {
    this.#client = client;
  }

  async lock() {
    await this.#client.query('select pg_advisory_lock($1)', [LOCK]); // released when the connection closes
  }

  // Raises P3005 rather than taking a schema that something else has made for an empty one.
  async create() {
    if (await this.#exists()) return;
    const { rows } = await this.#client.query('select 1 from pg_tables where schemaname = current_schema() limit 1');
    if (rows.length) throw new MigrationError('P3005', 'The database schema is not empty.');
    await this.#client.query(CREATE_LEDGER);
  }

  // Names of the migrations that are finished, and of those that failed and were not resolved since.
  async read() {
    if (!(await this.#exists())) return { applied: new Set(), failed: [] };
    const { rows } = await this.#client.query(
      'select migration_name, finished_at from _prisma_migrations where rolled_back_at is null',
    );
    const applied = new Set(rows.filter((row) => row.finished_at).map((row) => row.migration_name));
    return { applied, failed: rows.filter((row) => !row.finished_at).map((row) => row.migration_name) };
  }

  async #exists() {
    const { rows } = await this.#client.query("select to_regclass('_prisma_migrations') as ledger");
    return rows[0].ledger !== null;
  }

  async apply(migration) {
    const id = await this.#start(migration);
    try {
      await this.#client.query(migration.sql);
    } catch (error) {
      await this.#client.query('update _prisma_migrations set logs = $2 where id = $1', [id, error.message]);
      throw new MigrationError('P3018', describeFailure(migration, error));
    }
    await this.#finish(id, 1);
  }

  async markApplied(migration) {
    await this.markRolledBack(migration.name);
    await this.#finish(await this.#start(migration), 0);
  }

  async markRolledBack(name) {
    await this.#client.query(
      'update _prisma_migrations set rolled_back_at = now() ' +
        'where migration_name = $1 and finished_at is null and rolled_back_at is null',
      [name],
    );
  }

  async #start({ name, checksum }) {
    const id = randomUUID();
    await this.#client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
      id,
      checksum,
      name,
    ]);
    return id;
  }

  async #finish(id, steps) {
    await this.#client.query(
      'update _prisma_migrations set finished_at = now(), applied_steps_count = $2 where id = $1',
      [id, steps],
    );
  }
}

function describeFailure({ name }, error) {
  return [
    'A migration failed to apply. New migrations cannot be applied before the error is recovered from.',
    `Migration name: ${name}`,
    `Database error code: ${error.code}`,
    `Database error:\nERROR: ${error.message}`,
  ].join('\n\n');
}
