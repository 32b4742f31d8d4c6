export * from './answers.js';
export * from './consent.js';
export * from './connections.js';
export * from './state.js';
export * from './tokens.js';
