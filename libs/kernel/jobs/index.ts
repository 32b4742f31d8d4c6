export * from './jobs.js';
export { QUEUES } from './queue-schema.js';
