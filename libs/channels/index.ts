export { removeAbandonedFlows } from './abandoned-flows.js';
export * from './channels.module.js';
export * from './channels.service.js';
export * from './connection-disconnected.handler.js';
export * from './connections.service.js';
export * from './oauth-bridge.js';
export * from './platform-access.js';
export * from './records.js';
export * from './token-refresh.js';
