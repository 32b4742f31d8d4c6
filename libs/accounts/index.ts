export * from './accounts.module.js';
export * from './accounts.service.js';
export * from './api-keys.service.js';
export * from './entities.js';
export { PASSWORD_MAX, PASSWORD_MIN } from './passwords.js';
export * from './principal.js';
export * from './session-store.js';
export { checkTimeZone } from './time-zone.js';
export * from './workspaces.service.js';
