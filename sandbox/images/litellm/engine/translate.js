// The Python client speaks GraphQL to the engine; the engine's WebAssembly build understands Prisma's JSON protocol
// only. The two say the same things: this rewrites the one into the other, and answers back.
import { Kind, parse } from 'graphql';

// Longest first: a field is named action and model in one word, as in `findManyLiteLLM_TeamTable`.
const ACTIONS = [
  'createManyAndReturn',
  'aggregate',
  'createMany',
  'createOne',
  'deleteMany',
  'deleteOne',
  'executeRaw',
  'findFirst',
  'findMany',
  'findUnique',
  'groupBy',
  'queryRaw',
  'updateMany',
  'updateOne',
  'upsertOne',
];

// What may stand around the JSON text in a filter on, or an update of, a Json field.
const JSON_OPERATORS = new Set([
  'array_contains',
  'array_ends_with',
  'array_starts_with',
  'equals',
  'gt',
  'gte',
  'lt',
  'lte',
  'not',
  'set',
]);

// One GraphQL document -> [{ key, query }]: each query with the name its answer goes by.
export function translateDocument(text, models) {
  const [operation] = parse(text, { noLocation: true }).definitions;
  return operation.selectionSet.selections.map((field) => {
    const { action, model } = splitName(field.name.value);
    const query = {
      modelName: model,
      action,
      query: { arguments: readArguments(field, model), selection: readSelection(field.selectionSet, model) },
    };
    return { key: field.alias?.value ?? field.name.value, query };
  });

  function readArguments(field, model) {
    return Object.fromEntries((field.arguments ?? []).map((arg) => [arg.name.value, readValue(arg.value, model)]));
  }

  function readSelection(set, model) {
    const fields = set?.selections ?? [];
    return Object.fromEntries(
      fields.map((field) => {
        const type = models.get(model)?.get(field.name.value);
        const nested = field.selectionSet && {
          arguments: readArguments(field, type),
          selection: readSelection(field.selectionSet, type),
        };
        return [field.name.value, nested ?? true];
      }),
    );
  }

  // `model` is the one whose fields an object's keys may be.
  function readValue(node, model) {
    if (node.kind === Kind.LIST) return node.values.map((value) => readValue(value, model));
    if (node.kind === Kind.OBJECT) return readObject(node, model);
    return readScalar(node);
  }

  function readObject(node, model) {
    return Object.fromEntries(
      node.fields.map(({ name, value }) => {
        const type = models.get(model)?.get(name.value);
        if (type === 'Json') return [name.value, readJson(value)];
        // A key that is no field, such as `where`, `AND` or `connect`, speaks of the same model.
        return [name.value, readValue(value, type ?? model)];
      }),
    );
  }
}

// A Json field's value comes as a string of JSON text and has to be marked as such.
function readJson(node) {
  switch (node.kind) {
    case Kind.STRING:
      return { $type: 'Json', value: node.value };
    case Kind.ENUM: // DbNull, JsonNull, AnyNull
      return { $type: 'Enum', value: node.value };
    case Kind.LIST:
      return node.values.map(readJson);
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [
          name.value,
          JSON_OPERATORS.has(name.value) ? readJson(value) : readPlain(value),
        ]),
      );
    default:
      return readScalar(node);
  }
}

// Beside the operators above, a Json filter holds plain values, such as `path`.
function readPlain(node) {
  return node.kind === Kind.LIST ? node.values.map(readPlain) : readScalar(node);
}

function readScalar(node) {
  switch (node.kind) {
    case Kind.INT:
      return Number.isSafeInteger(Number(node.value)) ? Number(node.value) : { $type: 'BigInt', value: node.value };
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    default:
      return node.value;
  }
}

function splitName(name) {
  const [, base, orThrow] = name.match(/^(.*?)(OrThrow)?$/);
  const action = ACTIONS.find((prefix) => base.startsWith(prefix));
  if (!action) throw new Error(`unknown query: ${name}`);
  return { action: action + (orThrow ?? ''), model: base.slice(action.length) || undefined };
}

// The engine's answer to one query, as the GraphQL client expects it.
export function translateAnswer(answer, { key, query }) {
  if (answer.errors) return { errors: answer.errors };
  const [value] = Object.values(answer.data);
  return { data: { [key]: query.action === 'queryRaw' ? readRows(value) : untag(value) } };
}

// This engine answers a raw query as a table; the client, made for 5.4, expects rows of typed values.
function readRows({ columns, types, rows }) {
  return rows.map((row) => Object.fromEntries(row.map((value, index) => [columns[index], type(types[index], value)])));
}

function type(name, value) {
  if (value === null) return { prisma__type: 'null', prisma__value: null };
  const [element, array] = name.split('-');
  if (array) return { prisma__type: 'array', prisma__value: value.map((item) => type(element, item)) };
  return { prisma__type: name, prisma__value: value };
}

// GraphQL has no marked values: {"$type": "DateTime", "value": ...} is just the value there.
function untag(value) {
  if (Array.isArray(value)) return value.map(untag);
  if (value === null || typeof value !== 'object') return value;
  if ('$type' in value) return value.$type === 'BigInt' ? readBigInt(value.value) : value.value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, untag(inner)]));
}

// Beyond 2^53 a JSON number would be rounded on its way; the client reads digits in a string as well.
function readBigInt(text) {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
