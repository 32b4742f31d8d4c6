import { randomUUID } from 'node:crypto';
import { type JsonObject, type SandboxAnswer, type SandboxRequest, type SandboxRoute } from '#platforms/core';
import { type State, type Token } from './state.js';

/** What one of LinkedIn's error answers says. */
export interface RestErrorBody {
  status: number;
  message: string;
  code?: string;
  serviceErrorCode?: number;
  /** Which field is wrong, and how. */
  inputErrors?: { code: string; description: string; fieldPath: string }[];
  headers?: Record<string, string>;
}

/** Thrown by a handler to refuse. */
export class RestRefusal extends Error {
  constructor(readonly error: RestErrorBody) {
    super(error.message);
  }
}

/** Who asks. */
export interface Caller {
  token: Token;
  /** `urn:li:person:…` */
  urn: string;
}

/** One row of the API's routes. */
export interface RestRow {
  method: SandboxRoute['method'];
  /** Below `/api`. */
  path: string;
  operation: SandboxRoute['operation'];
  /** Names of the query; every other is refused. */
  query?: readonly string[];
  /** Whether the version has to be named: for `/rest`, not for `/v2`. */
  versioned?: boolean;
  handle: (caller: Caller, request: SandboxRequest) => SandboxAnswer;
}

/**
 * Versions that are answered, as of November 2026: each for a year. They stay as they are, so that a rehearsal goes on when
 * ClickPost is older than that; `POST /_practice/sunset` ends one.
 * https://learn.microsoft.com/en-us/linkedin/marketing/versioning
 */
const FIRST_VERSION = '202511';
const LATEST_VERSION = '202609';

/** Makes routes of rows: version, protocol, token, quota and parameters are checked before a handler sees anything. */
export function restRoutes(state: State, rows: readonly RestRow[]): SandboxRoute[] {
  return rows.map((row) => ({
    method: row.method,
    path: `/api${row.path}`,
    operation: row.operation,
    handle: (request) => {
      try {
        if (row.versioned !== false) requireVersion(state, request);
        const caller = callerOf(state, request);
        requireQuota(state, caller);
        requireQuery(row, request);
        return row.handle(caller, request);
      } catch (error) {
        if (error instanceof RestRefusal) return errorAnswer(error.error);
        throw error;
      }
    },
  }));
}

/** An answer with a body. */
export function restAnswer(status: number, body?: JsonObject, headers: Record<string, string> = {}): SandboxAnswer {
  return {
    status,
    headers: {
      'x-restli-protocol-version': '2.0.0',
      'x-li-uuid': randomUUID(),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body }),
  };
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling */
export function errorAnswer({
  status,
  message,
  code,
  serviceErrorCode,
  inputErrors,
  headers,
}: RestErrorBody): SandboxAnswer {
  const body: JsonObject = {
    status,
    message,
    ...(code !== undefined && { code }),
    ...(serviceErrorCode !== undefined && { serviceErrorCode }),
    ...(inputErrors && {
      errorDetailType: 'com.linkedin.common.error.BadRequest',
      errorDetails: {
        inputErrors: inputErrors.map(({ fieldPath, ...rest }) => ({ ...rest, input: { inputPath: { fieldPath } } })),
      },
    }),
  };
  return restAnswer(status, body, headers);
}

/** What is wrong with the shape of a body, before anybody looks at what it says: it has an answer of its own form, without a code. */
const SHAPES = new Set(['UNKNOWN_FIELD', 'MISSING_FIELD']);

/** A field that is wrong. */
export function badField(fieldPath: string, code: string, description: string): RestRefusal {
  const path = fieldPath.replace(/^\//, '');
  if (SHAPES.has(code)) return new RestRefusal({ status: 422, message: `ERROR :: /${path} :: ${description}\n` });
  const message = `${path} :: ${description}`;
  return new RestRefusal({ status: 400, message, inputErrors: [{ code, description, fieldPath: path }] });
}

/** A permission or role that is missing. */
export function accessDenied(what: string): RestRefusal {
  const message = `Not enough permissions to access: ${what}`;
  return new RestRefusal({ status: 403, serviceErrorCode: 100, code: 'ACCESS_DENIED', message });
}

/** Something that is not there. */
export function notFound(message: string): RestRefusal {
  return new RestRefusal({ status: 404, serviceErrorCode: 0, code: 'NOT_FOUND', message });
}

/** @throws RestRefusal unless the token has it */
export function requireScope({ token }: Caller, scope: string, what: string): void {
  if (!token.scopes.includes(scope)) throw accessDenied(what);
}

function requireVersion(state: State, { headers }: SandboxRequest): void {
  const version = headers['linkedin-version'];
  if (version === undefined) {
    const message = 'A version must be present. Please specify a version by adding the LinkedIn-Version header.';
    throw new RestRefusal({ status: 400, code: 'VERSION_MISSING', message });
  }
  if (!isActive(state, version)) {
    const message = `Requested version ${version} is not active`;
    throw new RestRefusal({ status: 426, code: 'NONEXISTENT_VERSION', message });
  }
  if (headers['x-restli-protocol-version'] !== '2.0.0') {
    const message = 'The header X-Restli-Protocol-Version must be "2.0.0".';
    throw new RestRefusal({ status: 400, code: 'ILLEGAL_ARGUMENT', message });
  }
}

function isActive(state: State, version: string): boolean {
  const isVersion = /^\d{4}(0[1-9]|1[0-2])$/.test(version);
  return isVersion && version >= FIRST_VERSION && version <= LATEST_VERSION && !state.switched.get(version);
}

function callerOf(state: State, { headers }: SandboxRequest): Caller {
  const text = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (text === undefined) throw unauthorized(65_604, 'EMPTY_ACCESS_TOKEN', 'Empty oauth2 access token');
  return tokenOf(state, text);
}

function tokenOf(state: State, text: string): Caller {
  const token = state.tokens.get(text);
  if (!token) throw unauthorized(65_600, 'INVALID_ACCESS_TOKEN', 'Invalid access token');
  if (token.isRevoked) {
    throw unauthorized(65_601, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user');
  }
  if (token.expiresAt <= state.now()) {
    throw unauthorized(65_602, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired');
  }
  return { token, urn: `urn:li:person:${token.personId}` };
}

/** The token of an upload, which is no call of the API. @throws RestRefusal */
export function uploaderOf(state: State, request: SandboxRequest): Caller {
  return callerOf(state, request);
}

function unauthorized(serviceErrorCode: number, code: string, message: string): RestRefusal {
  return new RestRefusal({ status: 401, serviceErrorCode, code, message });
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits */
function requireQuota(state: State, { token }: Caller): void {
  const whose = !state.count('app')
    ? 'APPLICATION'
    : !state.count(token.personId)
      ? 'APPLICATION_AND_MEMBER'
      : undefined;
  if (whose === undefined) return;
  const message = `Resource level throttle ${whose} DAY limit for calls to this resource is reached.`;
  throw new RestRefusal({ status: 429, serviceErrorCode: 101, code: 'TOO_MANY_REQUESTS', message });
}

function requireQuery({ query = [] }: RestRow, request: SandboxRequest): void {
  const unknown = Object.keys(request.query).find((name) => !query.includes(name));
  if (unknown === undefined) return;
  const message = `Invalid query parameters passed to request: [${unknown}]`;
  throw new RestRefusal({ status: 400, code: 'ILLEGAL_ARGUMENT', message });
}
