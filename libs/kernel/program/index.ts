export * from './run-program.js';
export { databaseOf } from './database-of.js';
export { endWithin } from './end-within.js';
export { explainStart } from './explain.js';
