export * from './api.js';
export { classifyGoogle, type GoogleTables, type KnownFailure } from './classify.js';
export { type GoogleError, googleErrorOf, isDailyLimit, isGoneAtGoogle } from './errors.js';
export * from './login.js';
