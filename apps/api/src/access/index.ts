export * from './access.guard.js';
export * from './actor.js';
export * from './audit-each.js';
export * from './may.decorator.js';
