export { Delivery } from './delivery.js';
export { Looking } from './looking.js';
export { Outcomes } from './outcomes.js';
export { type Invitation } from './possession.js';
export { Preparing } from './preparing.js';
export { Reconciling } from './reconciling.js';
export { Recording } from './recording.js';
export { Refusals } from './refusals.js';
export { PublicationRunner } from './runner.js';
