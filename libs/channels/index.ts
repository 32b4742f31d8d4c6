export {
  type BudgetOwner,
  type BudgetStanding,
  forgetBudgetUses,
  type NoRoom,
  type RoomAsked,
  type RoomHolder,
} from './budget-book.js';
export { Budgets } from './budgets.js';
export { removeAbandonedFlows } from './abandoned-flows.js';
export { appNameOf, appNamesOf, variableOf, waysOf } from './app-names.js';
export {
  DeletionRequestedHandler,
  DeletionRequestsService,
  type DeletionStatus,
  type Erased,
  forgetOldNews,
  PlatformCallbacksService,
} from './callbacks/index.js';
export { type VersionStanding, versionStanding } from './api-versions.js';
export * from './channels.module.js';
export * from './channels.service.js';
export * from './connection-disconnected.handler.js';
export * from './connection-health.js';
export * from './connection-view.js';
export * from './connections.service.js';
export * from './installation-apps.service.js';
export * from './oauth-bridge.js';
export { runStrategy } from './passport-strategy.js';
export * from './places.service.js';
export * from './platform-access.js';
export {
  optionsFrom,
  type PlatformOption,
  platformOptions,
  strayPlatformVariables,
  variablesOf,
} from './platform-options.js';
export { PlatformApps } from './platform-apps.js';
export * from './reconnections.service.js';
export * from './records.js';
export { channelSecrets } from './sealed.js';
export { costsAsEvidence, Purse, purseOf, settle, type Spender, type Spent, writeSpending } from './spending.js';
export * from './token-refresh.js';
export * from './token-renewal.js';
