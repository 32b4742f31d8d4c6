export * from './events.js';
export * from './lookout.js';
