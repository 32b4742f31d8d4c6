import fc from 'fast-check';
import { type Description, type Operation, placesOf } from './description.js';
import { hostile, ids, texts, wellFormed } from './values.js';
import { type CallerName } from './world.js';

/** A request that is not sent yet: ids of what is there are put in when it is. */
export interface FuzzRequest {
  operation: Operation;
  caller: CallerName;
  via: 'headers' | 'session';
  /** By name. */
  places: Record<string, string>;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body: FuzzBody;
}

export type FuzzBody =
  | { kind: 'none' }
  | { kind: 'text'; type: string; text: string }
  | { kind: 'form'; file: 'picture' | 'text' | 'none'; altText: string };

const CALLERS: CallerName[] = [
  ...(['owner', 'admin', 'support', 'member', 'manager', 'author', 'approver', 'viewer'] as const),
  ...(['elsewhere', 'stranger', 'nobody'] as const),
];

/** Beyond about 16 KiB the server closes the connection, often before whoever sends a body has read why. */
const MAX_PLACE = 1_000;

/** Requests to every operation by everybody, from well-formed to hopeless. */
export function requests({ operations, schemas }: Description): fc.Arbitrary<FuzzRequest> {
  return fc.constantFrom(...operations).chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      caller: fc.constantFrom(...CALLERS),
      via: fc.constantFrom<FuzzRequest['via']>('headers', 'headers', 'session'),
      places: fc.record(
        Object.fromEntries(placesOf(operation.path).map(({ name, subject }) => [name, place(subject)])),
      ),
      query: queries(operation, schemas),
      headers: headers(operation),
      body: bodies(operation, schemas),
    }),
  );
}

function place(subject: string): fc.Arbitrary<string> {
  const resource = subject.split('/').at(-2) ?? '';
  return fc.oneof(
    { arbitrary: ids(resource.replaceAll('-', '_')), weight: 8 },
    {
      arbitrary: texts.filter((text) => text !== '').map((text) => wellFormedText(text).slice(0, MAX_PLACE)),
      weight: 1,
    },
    { arbitrary: fc.constantFrom('..', '%00', '%FF', 'a/b', '-', '0'), weight: 1 },
  );
}

function queries({ parameters }: Operation, schemas: Description['schemas']): fc.Arbitrary<[string, string][]> {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const each = known.map(({ name, schema = {}, required = false }) =>
    fc
      .tuple(
        fc.oneof({ arbitrary: wellFormed(schema, schemas, name), weight: 4 }, { arbitrary: hostile, weight: 1 }),
        fc.integer({ min: 0, max: 9 }),
        // A name that is given twice is a list to some parsers.
        fc.constantFrom(1, 1, 1, 1, 2),
      )
      .map(([value, chance, times]): [string, string][] =>
        chance < (required ? 9 : 4) ? Array.from({ length: times }, () => [name, asText(value)]) : [],
      ),
  );
  const unknown = fc.constantFrom<[string, string][]>([], [], [], [['unknown', 'x']], [['limit[a][b]', '1']]);
  return fc.tuple(unknown, ...each).map((lists) => lists.flat());
}

/** As far as an address can carry it: half of a pair of surrogates cannot be encoded. */
function wellFormedText(text: string): string {
  return Buffer.from(text).toString();
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return wellFormedText(text);
}

function headers({ method }: Operation): fc.Arbitrary<Record<string, string>> {
  const ifMatch = fc.constantFrom('"1"', '"1"', '"2"', '"99999999999999"', '*', '', 'W/"1"', undefined);
  const key = fc.constantFrom(undefined, undefined, 'once', 'k'.repeat(300), ' ');
  const accept = fc.constantFrom('application/json', '*/*', 'text/plain');
  return fc.record({ ifMatch, key, accept }).map((given) => ({
    accept: given.accept,
    ...(method !== 'GET' && given.ifMatch !== undefined && { 'if-match': given.ifMatch }),
    ...(method === 'POST' && given.key !== undefined && { 'idempotency-key': given.key }),
  }));
}

function bodies({ body, method }: Operation, schemas: Description['schemas']): fc.Arbitrary<FuzzBody> {
  if (method === 'GET') return fc.constant({ kind: 'none' });
  const json = (values: fc.Arbitrary<unknown>): fc.Arbitrary<FuzzBody> =>
    values.map((value) => ({ kind: 'text', type: 'application/json', text: JSON.stringify(value) ?? '' }));
  const raw = fc.record({
    kind: fc.constant('text' as const),
    type: fc.constantFrom(
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
    ),
    text: fc.oneof(texts, fc.constantFrom('{', '[1,', '"', '{"a":1}{"b":2}', '['.repeat(2_000), '{"a":'.repeat(50))),
  });
  const form = fc.record({
    kind: fc.constant('form' as const),
    file: fc.constantFrom<'picture' | 'text' | 'none'>('picture', 'picture', 'text', 'none'),
    altText: texts,
  });
  if (!body) return fc.oneof({ arbitrary: fc.constant<FuzzBody>({ kind: 'none' }), weight: 4 }, json(hostile), raw);
  if (body.type === 'multipart') return fc.oneof({ arbitrary: form, weight: 6 }, json(hostile), raw);
  const fitting = wellFormed(body.schema, schemas);
  return fc.oneof(
    { arbitrary: json(fitting), weight: 6 },
    { arbitrary: json(fc.tuple(fitting, hostile, fc.nat(30), fc.nat(2)).map(spoil)), weight: 4 },
    { arbitrary: json(hostile), weight: 1 },
    { arbitrary: raw, weight: 1 },
    { arbitrary: form, weight: 1 },
  );
}

/** A well-formed value with one thing wrong: another value, a field too few or one too many. */
function spoil([value, wrong, at, how]: [unknown, unknown, number, number]): unknown {
  const copy = structuredClone(value);
  const spots = spotsOf(copy);
  const spot = spots[at % Math.max(1, spots.length)];
  if (!spot) return wrong;
  const { holder, key } = spot;
  if (how === 0) holder[key] = wrong;
  else if (how === 1) Reflect.deleteProperty(holder, key);
  else holder[`${key}Too`] = wrong;
  return copy;
}

function spotsOf(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...spotsOf(holder[key])]);
}
