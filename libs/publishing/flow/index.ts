export { ACTIVE } from './active.js';
export { phaseOf, type BreakerPhase, FAILURES_TO_OPEN } from './breaker.js';
export { type Met, noteMet } from './breakers.js';
export { type Contact, contactOf, isServerAway, serverOf } from './contact.js';
export { type Block, FlowControl, type Limit, type QuotaBlock, type QuotaUse } from './flow-control.js';
export { type FlowPause, FlowState } from './flow-state.js';
export { explainPause, type PauseWords } from './explain-pause.js';
export { FlowUpkeep } from './flow-upkeep.js';
