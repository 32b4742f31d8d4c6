import fc from 'fast-check';
import { type Description, type Schema } from './description.js';

/** Stands for an id until the request is sent: whose it is, of what, and which one. */
export type Whose = 'own' | 'foreign';
const PLACEHOLDER = /«(own|foreign):(\w*):(\d+)»/g;

/** How deep a well-formed value goes. */
const MAX_DEPTH = 6;

/** Texts that programs have stumbled over. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202etxet',
  '\ufeff',
  '💥'.repeat(40),
  'x'.repeat(20_000),
  `'; drop table posts; --`,
  `' or '1'='1`,
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '${7*7}{{7*7}}',
  '%s%n%x',
  'null',
  'NaN',
  '1e999',
  '__proto__',
  'constructor',
  'http://127.0.0.1:5432/',
  'http://[::ffff:169.254.169.254]/latest/meta-data',
  'http://0x7f000001/',
  'http://2130706433/',
  'file:///etc/passwd',
  'javascript:alert(1)',
];

/** Values that fit nowhere, or hardly. */
const HOSTILE_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { id: {} },
  JSON.parse('{"__proto__":{"admin":true}}'),
  { toString: 'x' },
];

const TIMES = [
  '2030-05-01T09:00:00Z',
  '2030-05-01T09:00',
  '2030-02-30T09:00:00Z',
  '2030-03-31T02:30:00',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '1970-01-01T00:00:00+99:99',
  'now',
];

/** What fields of these names must be for a request to get far. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  timeZone: ['Europe/Berlin', 'UTC', 'America/Sao_Paulo', 'Mars/Olympus'],
  platform: ['mastodon', 'bluesky', 'webhook', 'facebook', 'nowhere'],
  practice: [true],
  schedule: [null, 'now', 'next-slot', { at: '2030-05-01T09:00', timeZone: 'Europe/Berlin' }],
  password: ['correct horse battery', 'x', 'x'.repeat(999)],
};

/** Texts of every kind. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.string({ minLength: 1, maxLength: 40 }), weight: 3 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 2 },
  { arbitrary: fc.constantFrom(...HOSTILE_TEXTS), weight: 2 },
);

/** Anything that JSON can say. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...HOSTILE_VALUES),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.constantFrom(...TIMES),
  fc.jsonValue(),
  texts,
);

/** An id of something, or of nothing. @param of what is named, as far as a field's name says it */
export function ids(of: string): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.nat(20).map((index) => `«own:${of}:${index}»`), weight: 6 },
    { arbitrary: fc.nat(20).map((index) => `«foreign:${of}:${index}»`), weight: 3 },
    { arbitrary: fc.uuid(), weight: 1 },
  );
}

/** Puts real ids in. */
export function fillIn(text: string, find: (whose: Whose, of: string, index: number) => string): string {
  return text.replaceAll(PLACEHOLDER, (_, whose: Whose, of: string, index: string) => find(whose, of, Number(index)));
}

/**
 * Values as a schema wants them.
 * @param name the field that holds it: it may say more than the schema
 */
export function wellFormed(
  schema: Schema,
  schemas: Description['schemas'],
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  const deeper = (inner: Schema, of = name) => wellFormed(inner, schemas, of, depth + 1);
  const known = KNOWN[name];
  if (known) return fc.constantFrom(...known);
  if (schema.$ref !== undefined) return deeper(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return fc.oneof(...alternatives.map((one) => deeper(one)));
  if (schema.allOf) {
    return fc.tuple(...schema.allOf.map((one) => deeper(one))).map((parts) => Object.assign({}, ...parts) as object);
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return fc.oneof(...types.map((type) => ofType(type, schema, name, depth, deeper)));
}

function ofType(
  type: string | undefined,
  schema: Schema,
  name: string,
  depth: number,
  deeper: (inner: Schema, of?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objects(schema, name, depth, deeper);
    case 'array': {
      const { minItems = 0, maxItems = 3, items = {} } = schema;
      return fc.array(deeper(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) });
    }
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return ofFormat(schema, name);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objects(
  schema: Schema,
  name: string,
  depth: number,
  deeper: (inner: Schema, of?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const required = schema.required ?? [];
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([property]) => depth < MAX_DEPTH || required.includes(property),
  );
  if (properties.length === 0) return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }));
  const fields = Object.fromEntries(
    properties.map(([property, inner]) => [property, deeper(inner, /^ids?$/.test(property) ? name : property)]),
  );
  return fc.record(fields, { requiredKeys: required.filter((property) => property in fields) });
}

function ofFormat({ format, minLength = 1, maxLength = 60 }: Schema, name: string): fc.Arbitrary<unknown> {
  switch (format) {
    case 'uuid':
      return ids(name);
    case 'date-time':
    case 'date':
      return fc.constantFrom(...TIMES);
    case 'email':
      return fc.constantFrom('someone@example.com', 'Fuzz <a@example.com>', 'a@b', `${'a'.repeat(64)}@example.com`);
    case 'uri':
      return fc.constantFrom('http://127.0.0.1:1/', 'https://[::1]/', 'http://169.254.169.254/', 'ftp://127.0.0.1/');
    default:
      if (/Id$|^id$/.test(name)) return ids(name);
      return fc.oneof(fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) }), texts);
  }
}
