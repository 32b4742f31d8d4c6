export { AddressPolicy } from './address.js';
export { Outlet, type Resolve } from './agents.js';
export * from './errors.js';
export { type Exchange } from './exchange.js';
export { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.js';
export { redactPath } from './redact.js';
