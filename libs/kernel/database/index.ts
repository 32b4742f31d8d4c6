export * from './database.js';
export * from './migrate.js';
export * from './outage.js';
export * from './request-scope.js';
