import { type Schema } from './description.js';

/**
 * The fields of a value that its schema does not name, by their paths. Most schemas take what they do not know; that both sides
 * use a name which does not exist is what nobody would notice.
 * @param schema without references
 */
export function unknownFields(schema: Schema, value: unknown, path = ''): string[] {
  return among([schema], value, path);
}

function among(schemas: readonly Schema[], value: unknown, path: string): string[] {
  const all = schemas.flatMap(alternativesOf);
  if (Array.isArray(value)) {
    const items = all.flatMap((schema) => (schema.items ? [schema.items] : []));
    return items.length === 0 ? [] : value.flatMap((item, index) => among(items, item, `${path}/${index}`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const isFree = all.some(({ additionalProperties: more }) => more === true || typeof more === 'object');
  const named = all.some(({ properties }) => properties !== undefined && Object.keys(properties).length > 0);
  if (isFree || !named) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = all.flatMap(({ properties }) => (properties?.[name] ? [properties[name]] : []));
    return own.length === 0 ? [`${path}/${name}`] : among(own, inner, `${path}/${name}`);
  });
}

/** Everything that a schema is made of. */
function alternativesOf(schema: Schema): Schema[] {
  if (schema.$ref !== undefined) throw new Error(`${schema.$ref} was not resolved.`);
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [schema, ...parts.flatMap(alternativesOf)];
}
