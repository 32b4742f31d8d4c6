import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  asGoogle,
  badRequest,
  errorInfo,
  googleCaller,
  googleProblem,
  type GoogleRefusal,
  retryInfo,
} from '#platforms/google/sandbox';
import { SCOPE } from '../manifest.js';
import { type Account, type Place, type State } from './state.js';

/** Which service a call is of. */
export type Service = 'mybusiness' | 'mybusinessaccountmanagement' | 'mybusinessbusinessinformation';

/** "Default requests: 300 QPM"; of version 4 no page says anything. https://developers.google.com/my-business/content/limits */
const PER_MINUTE: Partial<Record<Service, number>> = {
  mybusinessaccountmanagement: 300,
  mybusinessbusinessinformation: 300,
};
const MINUTE_MS = 60_000;
/** As the library of the console calls them. */
const TITLES: Readonly<Record<Service, string>> = {
  mybusiness: 'Google My Business API',
  mybusinessaccountmanagement: 'My Business Account Management API',
  mybusinessbusinessinformation: 'My Business Business Information API',
};

/** Who calls, and what they manage. */
export interface Manager {
  personId: string;
  personName: string;
  accounts: Account[];
}

/** A call of a service: its errors are Google's, it is counted, and the token is looked at. */
export function call(
  state: State,
  service: Service,
  request: SandboxRequest,
  handle: (manager: Manager) => SandboxAnswer | Promise<SandboxAnswer>,
): Promise<SandboxAnswer> {
  return asGoogle(() => {
    const { id, name } = googleCaller(state, request, [SCOPE]);
    requireEnabled(state, service);
    countCall(state, service);
    return handle({ personId: id, personName: name, accounts: state.accountsOf(id, name) });
  });
}

function requireEnabled(state: State, service: Service): void {
  if (state.switched('disabled') !== `${service}.googleapis.com`) return;
  throw googleProblem({
    code: 403,
    status: 'PERMISSION_DENIED',
    message: `${TITLES[service]} has not been used in project 123456 before or it is disabled.`,
    details: [errorInfo('SERVICE_DISABLED', { service: `${service}.googleapis.com`, consumer: 'projects/123456' })],
  });
}

/** A project that was not approved has a quota of 0. */
function countCall(state: State, service: Service): void {
  const approved = state.switched('quota');
  const limit = typeof approved === 'number' ? approved : PER_MINUTE[service];
  if (limit === undefined) return;
  const minute = Math.floor(state.now() / MINUTE_MS);
  const key = `calls:${service}:${minute}`;
  const before = state.switched(key);
  const count = (typeof before === 'number' ? before : 0) + 1;
  if (count > limit) throw quotaExceeded(service, limit);
  state.switches.set(key, { value: count });
}

/** 429, with which limit it was. */
export function quotaExceeded(service: Service, limit: number, retryAfterSeconds?: number): GoogleRefusal {
  const name = `${service}.googleapis.com`;
  const metadata = {
    ...{
      service: name,
      consumer: 'projects/123456',
      quota_location: 'global',
      quota_metric: `${name}/default_requests`,
    },
    ...{ quota_limit: 'DefaultRequestsPerMinutePerProject', quota_limit_value: String(limit) },
  };
  return googleProblem({
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: `Quota exceeded for quota metric 'Requests' and limit 'Requests per minute' of service '${name}'.`,
    details: [
      errorInfo('RATE_LIMIT_EXCEEDED', metadata),
      ...(retryAfterSeconds === undefined ? [] : [retryInfo(retryAfterSeconds)]),
    ],
  });
}

/** The place of a path. Of what somebody does not manage it is not even said whether it exists. @throws GoogleRefusal */
export function placeOf({ accounts }: Manager, { params }: SandboxRequest): { account: Account; place: Place } {
  const account = accounts.find(({ name }) => name === `accounts/${params.account ?? ''}`);
  if (!account) throw permissionDenied();
  const place = account.places.find(({ id }) => id === `locations/${params.location ?? ''}`);
  if (!place || place.gone === true) throw notFound();
  return { account, place };
}

/** The caller does not manage it. */
export function permissionDenied(): GoogleRefusal {
  return googleProblem({ code: 403, status: 'PERMISSION_DENIED', message: 'The caller does not have permission' });
}

/** It is not there. */
export function notFound(): GoogleRefusal {
  return googleProblem({ code: 404, status: 'NOT_FOUND', message: 'Requested entity was not found.' });
}

/** What a request may not hold, told as the services tell it. */
export function invalidArgument(field: string, description: string): GoogleRefusal {
  return googleProblem({
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: `Invalid JSON payload received. ${description}`,
    details: [badRequest({ field, description })],
  });
}

/**
 * What is wrong with a post, in the form of version 4, with details of its own.
 * https://developers.google.com/my-business/reference/rest/v4/ErrorCode
 */
export function invalidPost(field: string, message: string): GoogleRefusal {
  return validationError({ code: 3, field, message });
}

/** What is wrong with a photo: no field is named. */
export function invalidPhoto(message: string): GoogleRefusal {
  return validationError({ code: 1_000, message });
}

/** As it was seen: https://github.com/spotonlive/php-google-my-business/issues/26 */
function validationError(detail: JsonObject): GoogleRefusal {
  return googleProblem({
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'Request contains an invalid argument.',
    listed: { reason: 'badRequest' },
    details: [{ '@type': 'type.googleapis.com/google.mybusiness.v4.ValidationError', errorDetails: [detail] }],
  });
}

/** Parameters in an address that are not known. @throws GoogleRefusal */
export function requireQuery({ query }: SandboxRequest, known: readonly string[]): void {
  const stranger = Object.keys(query).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw invalidArgument(stranger, `Unknown name "${stranger}": Cannot bind query parameter.`);
}

/** One page of a list. https://google.aip.dev/158 */
export function pageOf<T>(
  items: readonly T[],
  { query }: SandboxRequest,
  sizes: { usual: number; most: number },
): { items: T[]; nextPageToken?: string } {
  const size = query.pageSize === undefined ? sizes.usual : Number(query.pageSize);
  if (!Number.isInteger(size) || size < 1 || size > sizes.most) {
    throw invalidArgument('page_size', `page_size must be from 1 to ${sizes.most}.`);
  }
  const start = query.pageToken === undefined ? 0 : Number(/^from-(\d+)$/.exec(query.pageToken)?.[1] ?? NaN);
  if (Number.isNaN(start) || start > items.length) throw invalidArgument('page_token', 'The page token is invalid.');
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length && { nextPageToken: `from-${end}` }) };
}
