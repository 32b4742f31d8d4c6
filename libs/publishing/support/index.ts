export { type Decision } from './by-hand.js';
export { LookAgainHandler } from './look-again.handler.js';
export { type SupportOrder } from './outlook.js';
export { type PreviewGroup } from './preview.js';
export { RESOLVED_OUTCOMES, type ResolvedOutcome, SUPPORT_ACTIONS, type SupportAction } from './refusals.js';
export * from './support-actions.service.js';
