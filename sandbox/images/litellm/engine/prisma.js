#!/usr/bin/env node
// Stands where Prisma's command line does, for what LiteLLM asks of it at start. Prisma's schema engine, which compares
// a database with a schema.prisma, has no WebAssembly build. But LiteLLM ships the migrations that lead to its schema,
// so here the schema is what the migrations make, and a difference is a migration that was not applied.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { parseUrl } from './database.js';
import { Ledger, MigrationError, readMigrations } from './migrations.js';

const SHIPPED = '/app/.venv/lib/python3.11/site-packages/litellm_proxy_extras/migrations';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'boolean', short: 'v' },
    schema: { type: 'string' },
    script: { type: 'boolean' },
    'exit-code': { type: 'boolean' },
    'accept-data-loss': { type: 'boolean' },
    'skip-generate': { type: 'boolean' },
    'from-url': { type: 'string' },
    'to-schema-datamodel': { type: 'string' },
    applied: { type: 'string' },
    'rolled-back': { type: 'string' },
    file: { type: 'string' },
  },
});

const COMMANDS = {
  'migrate deploy': deploy,
  'migrate diff': diff,
  'migrate resolve': resolve,
  'db push': deploy,
  'db execute': execute,
};

if (flags.version) {
  console.log('prisma : 5.17.0 (migrations only)');
} else {
  process.exitCode = await main(COMMANDS[positionals.join(' ')]).catch((error) => {
    console.error(`Error: ${error.message}`);
    return 1;
  });
}

async function main(command) {
  if (!command) throw new Error(`not supported in the sandbox: prisma ${process.argv.slice(2).join(' ')}`);
  const { connectionString, schema, ssl } = parseUrl(flags['from-url'] ?? process.env.DATABASE_URL);
  const client = new pg.Client({ connectionString, ssl });
  try {
    await client.connect();
    await client.query(`set search_path to ${pg.escapeIdentifier(schema)}`);
    return (await command(new Ledger(client), client)) ?? 0;
  } finally {
    await client.end();
  }
}

async function deploy(ledger) {
  if (!process.env.PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK) await ledger.lock();
  await ledger.create();
  const pending = await findPending(ledger);
  for (const migration of pending) await ledger.apply(migration);
  console.log(pending.length ? 'All migrations have been successfully applied.' : 'No pending migrations to apply.');
}

async function findPending(ledger) {
  const { applied, failed } = await ledger.read();
  if (failed.length) {
    const names = failed.map((name) => `The \`${name}\` migration failed`).join('\n');
    throw new MigrationError('P3009', `migrate found failed migrations in the target database.\n${names}`);
  }
  return readMigrations(migrationsFolder()).filter(({ name }) => !applied.has(name));
}

// The statements that the database lacks.
async function diff(ledger) {
  const { applied } = await ledger.read();
  const missing = readMigrations(migrationsFolder()).filter(({ name }) => !applied.has(name));
  console.log(missing.map(({ sql }) => sql).join('\n') || '-- This is an empty migration.');
  return flags['exit-code'] && missing.length ? 2 : 0;
}

async function resolve(ledger) {
  if (flags['rolled-back']) return ledger.markRolledBack(flags['rolled-back']);
  const name = flags.applied;
  if ((await ledger.read()).applied.has(name)) {
    throw new MigrationError('P3008', `The migration \`${name}\` is already recorded as applied in the database.`);
  }
  const migration = readMigrations(migrationsFolder()).find((one) => one.name === name);
  if (!migration) throw new MigrationError('P3017', `The migration ${name} could not be found.`);
  return ledger.markApplied(migration);
}

async function execute(_ledger, client) {
  await client.query(readFileSync(flags.file, 'utf8'));
  console.log('Script executed successfully.');
}

// Beside the schema, as Prisma has it; a schema.prisma that stands alone is LiteLLM's, whose migrations are elsewhere.
function migrationsFolder() {
  const schema = flags.schema ?? flags['to-schema-datamodel'] ?? 'schema.prisma';
  const beside = path.join(path.dirname(path.resolve(schema)), 'migrations');
  return existsSync(beside) ? beside : SHIPPED;
}
