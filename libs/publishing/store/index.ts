export * from './change.js';
export * from './records.js';
