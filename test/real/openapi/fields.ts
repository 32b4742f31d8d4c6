import { type Schema } from './description.js';
import { isChosen } from './dialect.js';

/**
 * The fields of a value that its schema does not name, by their paths. Most schemas take what they do not know; that both sides
 * use a name which does not exist is what nobody would notice.
 * @param schema without references
 */
export function unknownFields(schema: Schema, value: unknown, path = ''): string[] {
  return among([schema], value, path);
}

function among(schemas: readonly Schema[], value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const all = schemas.flatMap((schema) => partsOf(schema, value));
  if (Array.isArray(value)) {
    const items = all.flatMap((schema) => (schema.items ? [schema.items] : []));
    return items.length === 0 ? [] : value.flatMap((item, index) => among(items, item, `${path}/${index}`));
  }
  const isFree = all.some(({ additionalProperties: more }) => more === true || typeof more === 'object');
  const isNamed = all.some(({ properties = {} }) => Object.keys(properties).length > 0);
  if (isFree || !isNamed) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = all.flatMap(({ properties }) => properties?.[name] ?? []);
    return own.length === 0 ? [`${path}/${name}`] : among(own, inner, `${path}/${name}`);
  });
}

/** Everything that a schema is made of, as far as it counts for the value. */
function partsOf(schema: Schema, value: unknown): Schema[] {
  if (schema.$ref !== undefined) throw new Error(`${schema.$ref} was not resolved.`);
  const { allOf = [], anyOf = [], oneOf = [], if: condition, then } = schema;
  const chosen = condition && then && isChosen(condition, value) ? [then] : [];
  return [schema, ...[...allOf, ...anyOf, ...oneOf, ...chosen].flatMap((part) => partsOf(part, value))];
}
