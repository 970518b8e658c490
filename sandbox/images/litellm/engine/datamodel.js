// What the engine and the translation need to know of a schema.prisma.

// The generator block decides which features the engine allows, and ours talks to PostgreSQL through an adapter.
const GENERATOR = 'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["driverAdapters"]\n}';

export function withDriverAdapters(datamodel) {
  return datamodel.replace(/generator\s+\w+\s*\{[^}]*\}/, GENERATOR);
}

// The environment variable that holds the database's URL.
export function urlVariable(datamodel) {
  return datamodel.match(/^\s*url\s*=\s*env\("(\w+)"\)/m)?.[1] ?? 'DATABASE_URL';
}

// Model name -> field name -> type name, without its list and optional marks.
export function readModels(datamodel) {
  const blocks = [...datamodel.matchAll(/^model\s+(\w+)\s*\{([\s\S]*?)^\}/gm)];
  return new Map(blocks.map(([, name, body]) => [name, readFields(body)]));
}

function readFields(body) {
  const fields = [...body.matchAll(/^\s*(\w+)\s+(\w+)/gm)];
  return new Map(fields.map(([, name, type]) => [name, type]));
}
