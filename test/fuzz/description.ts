import { type Action } from '#accounts';

/** A JSON Schema, as far as our description uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema?: Schema;
}

/** One route and method of the API. */
export interface Operation {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With names in braces: `/v1/posts/{id}`. */
  path: string;
  parameters: Parameter[];
  body?: { type: 'json' | 'multipart'; schema: Schema };
  /** Nobody needs to sign in. */
  isPublic: boolean;
  permission?: Action;
}

/** What the API says about itself. */
export interface Description {
  operations: Operation[];
  schemas: Record<string, Schema>;
}

interface Documented {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  security?: object[];
  'x-permission'?: Action;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Reads `/v1/openapi.json`. */
export async function readDescription(url: string): Promise<Description> {
  const document = (await (await fetch(`${url}/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Documented>>;
    components: { schemas: Record<string, Schema> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const documented = methods[method.toLowerCase()];
      return documented ? [operationOf(method, path, documented)] : [];
    }),
  );
  return { operations, schemas: document.components.schemas };
}

function operationOf(method: Operation['method'], path: string, documented: Documented): Operation {
  const { operationId: id, parameters = [], requestBody, security = [], 'x-permission': permission } = documented;
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return {
    ...{ id, method, path, parameters },
    ...(content && { body: { type: type === 'application/json' ? 'json' : 'multipart', schema: content.schema } }),
    isPublic: security.some((alternative) => Object.keys(alternative).length === 0),
    ...(permission && { permission }),
  };
}

/** The parameters in a path, each with what it stands for: the path up to it. */
export function placesOf(path: string): { name: string; subject: string }[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1] ?? '',
    subject: path.slice(0, match.index + match[0].length),
  }));
}

/** The smallest well-formed value of a schema. */
export function smallest(schema: Schema, schemas: Description['schemas']): unknown {
  const { $ref, allOf, anyOf, oneOf, enum: values, format } = schema;
  if ($ref !== undefined) return smallest(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  if (schema.const !== undefined) return schema.const;
  if (values) return values[0];
  const [alternative] = oneOf ?? anyOf ?? [];
  if (alternative) return smallest(alternative, schemas);
  if (allOf) return Object.assign({}, ...allOf.map((part) => smallest(part, schemas))) as object;
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object': {
      const names = schema.required ?? [];
      return Object.fromEntries(names.map((name) => [name, smallest(schema.properties?.[name] ?? {}, schemas)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items ?? {}, schemas));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return text(format, schema.minLength ?? 1);
    default:
      return null;
  }
}

function text(format: string | undefined, length: number): string {
  switch (format) {
    case 'uuid':
      return '01a2036f-adae-7159-8fd3-343c9959fe0e';
    case 'date-time':
      return '2030-01-01T00:00:00Z';
    case 'date':
      return '2030-01-01';
    case 'email':
      return 'someone@example.com';
    case 'uri':
      return 'https://example.com/';
    default:
      return 'x'.repeat(Math.max(1, length));
  }
}
