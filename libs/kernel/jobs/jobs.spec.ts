import { QueueClient } from './jobs.js';

it('a connection that breaks while nobody listens does not end the process', () => {
  expect(() => new QueueClient().emit('error', new Error('Connection terminated unexpectedly'))).not.toThrow();
});
