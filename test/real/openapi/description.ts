/** As much of OpenAPI 3.0 as is looked at here, with its references resolved: https://spec.openapis.org/oas/v3.0.3 */
export interface Description {
  info: { version: string };
  servers: { url: string }[];
  paths: Record<string, Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', OperationObject>>>;
  components: {
    securitySchemes: Record<string, { type: string; scheme?: string }>;
    schemas: Record<string, Schema>;
  };
  security?: Security[];
}

/** One request that can be made. */
export interface OperationObject {
  operationId?: string;
  security?: Security[];
  requestBody?: Body;
  responses: Record<string, Body>;
}

/** What a request or an answer says, by the type of its body. */
export interface Body {
  content?: Record<string, { schema?: Schema }>;
}

/** A description of a value. */
export interface Schema {
  $ref?: string;
  nullable?: boolean;
  type?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  if?: Schema;
  then?: Schema;
  items?: Schema;
  enum?: unknown[];
  required?: string[];
  discriminator?: { propertyName?: unknown; mapping?: Record<string, string> };
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
}

/** Ways to sign in, all of which are needed, with the permissions that each has to have. */
type Security = Record<string, string[]>;
