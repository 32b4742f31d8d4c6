export * from './change.js';
export * from './records.js';
export * from './segments.js';
