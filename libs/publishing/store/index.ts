export * from './change.js';
export * from './media.js';
export * from './records.js';
export * from './segments.js';
