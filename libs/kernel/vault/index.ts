export * from './rotation.js';
export * from './sealed-column.js';
export * from './token.js';
export * from './vault.js';
