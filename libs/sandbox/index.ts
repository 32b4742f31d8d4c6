export { type Fault, FAULT_KINDS, type FaultKind, Faults, type PendingFault } from './faults.js';
export { type DrawnPost } from './feed.js';
export { type Arrangement } from './looks.js';
export { practiceCredentials, practiceEndpoints } from './practice.js';
export { type RequestRecord } from './requests.js';
export { type Sandbox, type SandboxLogger, type SandboxOptions, startSandbox } from './sandbox.js';
