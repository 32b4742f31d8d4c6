import { type Schema } from './description.js';

/** Writes out what OpenAPI 3.0 says in words that validators of JSON Schema do not know, everywhere below a value. */
export function writeOut(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(writeOut);
  writeOutDiscriminator(value);
  writeOutNullable(value);
}

/**
 * `discriminator`: a field's value says which schema counts. Known to validators not at all, or only beside `oneOf`.
 * https://spec.openapis.org/oas/v3.0.3#discriminator-object
 */
function writeOutDiscriminator(schema: Schema): void {
  const { propertyName, mapping } = schema.discriminator ?? {};
  if (typeof propertyName !== 'string' || mapping === undefined) return;
  const isOneOfThem = schema.oneOf !== undefined;
  delete schema.oneOf;
  delete schema.discriminator;
  schema.allOf = [
    ...(schema.allOf ?? []),
    // Where a schema names all that there are, one of them has to be chosen.
    ...(isOneOfThem
      ? [{ required: [propertyName], properties: { [propertyName]: { enum: Object.keys(mapping) } } }]
      : []),
    ...Object.entries(mapping).map(([choice, $ref]) => ({
      if: { required: [propertyName], properties: { [propertyName]: { enum: [choice] } } },
      then: { $ref },
    })),
  ];
}

/** `nullable` beside no type of its own. https://spec.openapis.org/oas/v3.0.3#fixed-fields-20 */
function writeOutNullable(schema: Schema): void {
  if (schema.nullable !== true || schema.type !== undefined) return;
  const { nullable: _, ...rest } = schema;
  for (const name of Object.keys(schema)) Reflect.deleteProperty(schema, name);
  schema.anyOf = [rest, { enum: [null] }];
}

/** Whether a value fulfils the condition that was written out. */
export function isChosen({ properties = {} }: Schema, value: unknown): boolean {
  const said = value as Record<string, unknown>;
  return Object.entries(properties).every(([name, { enum: choices = [] }]) => choices.includes(said[name]));
}
