export * from './causes.js';
export * from './content.js';
export * from './lead-time.js';
export * from './retry-policy.js';
export * from './states.js';
