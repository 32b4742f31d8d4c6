import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { type Document, OpenAPIBackend } from 'openapi-backend';
import { parseJson } from '#platforms/core';
import { type Exchange } from './ear.js';
import { bodyOf, mediaTypeOf } from './bodies.js';
import { type Body, type Description, type OperationObject } from './description.js';
import { writeOut } from './dialect.js';
import { unknownFields } from './fields.js';

/** Beside the checkout: these files are no part of the project. */
const FOLDER = join(import.meta.dirname, '../../../../shared/specs');

/** Whether the official descriptions are there; says so where they are not. */
export function isThere(...files: readonly string[]): boolean {
  const missing = files.filter((file) => !existsSync(join(FOLDER, file)));
  if (missing.length > 0) process.stderr.write(`Left out: ${missing.join(', ')} not in ${FOLDER}.\n`);
  return missing.length === 0;
}

/** What the description says about an exchange. */
export interface Finding {
  /** `undefined` where the description does not have it at all. */
  operation: string | undefined;
  /** What both sides do otherwise than described: one sentence each. */
  problems: string[];
  /** What of it the description says nothing about: an answer's body. */
  silent: string[];
}

const JSON_TYPE = 'application/json';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A request as openapi-backend takes it. */
interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  query: string;
}

/** An official description in OpenAPI 3.0, and what it says about single requests and answers. */
export class Official {
  private readonly document: Description;
  private readonly backends = new Map<string, OpenAPIBackend>();

  /**
   * @param scopes which the connection asked for
   * @param amend what the platform's own pages say otherwise
   */
  constructor(
    file: string,
    private readonly scopes: readonly string[],
    amend: (description: Description) => void = () => undefined,
  ) {
    this.document = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Description;
    amend(this.document);
    writeOut(this.document);
  }

  get version(): string {
    return this.document.info.version;
  }

  /** @param url of the request, at the platform itself */
  check(url: string, exchange: Exchange): Finding {
    const server = this.document.servers[0]?.url ?? '';
    const { headers, method, answer } = exchange;
    const path = url.startsWith(`${server}/`) ? url.slice(server.length) : undefined;
    const asked = { method, path: path ?? '', headers: { ...headers }, query: new URL(url).search.slice(1) };
    const matched = path === undefined ? undefined : this.as(JSON_TYPE).router.matchOperation(asked);
    const operation = matched && this.operation(matched.operationId ?? '');
    if (!matched || !operation) return { operation: undefined, problems: [], silent: [] };
    const name = `${method} ${matched.path}`;
    const said = this.answerOf(operation, exchange);
    const problems = [
      ...this.requestProblems(operation, asked, exchange),
      ...this.securityProblems(operation, exchange),
      ...said.problems,
    ];
    return {
      operation: name,
      problems: problems.map((problem) => `${name} ${answer.status}: ${problem}`),
      silent: said.silent.map((what) => `${name}: ${what}`),
    };
  }

  private requestProblems({ operationId = '', requestBody }: OperationObject, asked: Asked, exchange: Exchange) {
    const type = mediaTypeOf(exchange.headers) ?? JSON_TYPE;
    const isEmpty = exchange.body.length === 0;
    const schema = requestBody?.content?.[type]?.schema;
    if (!isEmpty && !schema) return [`a body of the type ${type} is not described`];
    const body = isEmpty ? undefined : bodyOf(exchange);
    // It is parsed already, and what is parsed is taken as it is only from JSON.
    const headers = { ...asked.headers, ...(!isEmpty && { 'content-type': JSON_TYPE }) };
    const { errors } = this.as(isEmpty ? JSON_TYPE : type).validator.validateRequest(
      { ...asked, headers, body },
      operationId,
    );
    return [
      ...(errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      ),
      ...(schema ? unknownFields(schema, body).map((field) => `the request's ${field} is not described`) : []),
    ];
  }

  /** Which kind of sign-in the request shows, and whether people were asked for what it needs. */
  private securityProblems(operation: OperationObject, { headers }: Exchange): string[] {
    const wanted = operation.security ?? this.document.security ?? [];
    const shown = /^(\w+) \S+$/.exec(headers['authorization'] ?? '')?.[1]?.toLowerCase();
    const fits = wanted.some((each) =>
      Object.entries(each).every(([name, scopes]) => {
        const { type, scheme } = this.document.components.securitySchemes[name] ?? {};
        if (type === 'http') return scheme === shown;
        return type === 'oauth2' && shown === 'bearer' && scopes.every((scope) => this.scopes.includes(scope));
      }),
    );
    if (fits || wanted.length === 0) return [];
    return [`it is signed with ${shown ?? 'nothing'}, and needs ${JSON.stringify(wanted)}`];
  }

  private answerOf({ operationId = '', responses }: OperationObject, { answer }: Exchange): Omit<Finding, 'operation'> {
    const { status, body } = answer;
    const only = (...problems: string[]) => ({ problems, silent: [] });
    // What is said of all others is said of refusals.
    const described = responses[status] ?? (status >= 400 ? responses['default'] : undefined);
    if (!described) return only('an answer of this status is not described');
    if (body.length === 0) return described.content ? only('it has no body, and one is described') : only();
    if (!described.content) return { problems: [], silent: ['the body of the answer'] };
    const type = mediaTypeOf(answer.headers) ?? '';
    const schema = described.content[type]?.schema;
    if (!schema) return only(`an answer of the type "${type}" is not described`);
    const said = parseJson(body.toString('utf8'));
    const { errors } = this.as(type).validator.validateResponse(said, operationId, status);
    return only(
      ...(errors ?? []).map(({ instancePath, message }) => `the answer${instancePath} ${message}`),
      ...unknownFields(schema, said).map((field) => `the answer's ${field} is not described`),
    );
  }

  /** With all that is said of its bodies. */
  private operation(operationId: string): OperationObject | undefined {
    return this.as(undefined).router.getOperation(operationId) as OperationObject | undefined;
  }

  /**
   * The description with what it says of bodies of one type alone, under the name of JSON: openapi-backend looks at one type
   * of each operation, and at JSON first. With all of them where no type is named.
   */
  private as(type: string | undefined): OpenAPIBackend {
    const known = this.backends.get(type ?? '');
    if (known) return known;
    const definition = structuredClone(this.document);
    if (type !== undefined) narrow(definition, type);
    // Values of forms are texts, whatever they mean.
    const isForm = type !== undefined && !/json$/.test(type);
    const backend = new OpenAPIBackend({
      definition: definition as unknown as Document,
      ...{ quick: true, strict: false, validate: true },
      ajvOpts: { strict: false, allErrors: true, coerceTypes: isForm },
      customizeAjv: (ajv) => addFormats.default(ajv, ['date', 'date-time', 'uri']),
    });
    // `quick`: it is ready before this promise is.
    void backend.init();
    this.backends.set(type ?? '', backend);
    return backend;
  }
}

function narrow({ paths }: Description, type: string): void {
  for (const operations of Object.values(paths)) {
    for (const operation of METHODS.map((method) => operations[method])) {
      if (!operation) continue;
      for (const response of Object.values(operation.responses)) narrowBody(response, type);
      if (operation.requestBody && !narrowBody(operation.requestBody, type)) delete operation.requestBody;
    }
  }
}

/** Whether it says anything of this type. */
function narrowBody(body: Body, type: string): boolean {
  const own = body.content?.[type];
  if (body.content) body.content = own ? { [JSON_TYPE]: own } : {};
  return own !== undefined;
}
