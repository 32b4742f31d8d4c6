export { CallbackApps } from './callback-apps.js';
export * from './deletion-requested.handler.js';
export { type DeletionStatus, DeletionRequestsService } from './deletion-requests.service.js';
export { type Erased } from './erasure.js';
export { forgetOldNews, PlatformCallbacksService } from './platform-callbacks.service.js';
