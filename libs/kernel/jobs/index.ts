export * from './queue-answers.js';
export * from './jobs.js';
export { QUEUES } from './queue-schema.js';
