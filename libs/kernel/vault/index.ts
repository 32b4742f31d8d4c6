export * from './token.js';
export * from './vault.js';
