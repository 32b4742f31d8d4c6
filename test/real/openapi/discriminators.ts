import { type Schema } from './description.js';

/**
 * Writes out what `discriminator` means: a field's value says which schema counts. Validators of JSON Schema know it not at
 * all, or only beside `oneOf`. https://spec.openapis.org/oas/v3.0.3#discriminator-object
 */
export function writeOutDiscriminators(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(writeOutDiscriminators);
  const schema = value as Schema;
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

/** Whether a value fulfils the condition that was written out. */
export function isChosen({ properties = {} }: Schema, value: unknown): boolean {
  const said = value as Record<string, unknown>;
  return Object.entries(properties).every(([name, { enum: choices = [] }]) => choices.includes(said[name]));
}
