export * from './run-program.js';
export * from './await-queue.js';
export { databaseOf } from './database-of.js';
export { endWithin } from './end-within.js';
export { explainAbsence, explainStart } from './explain.js';
export * from './patience.js';
