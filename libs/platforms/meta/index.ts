export * from './callbacks.js';
export { classifyGraph, type CodeTables, knownFailure } from './classify.js';
export * from './codes.js';
export { type GraphError, graphErrorOf, isGone } from './errors.js';
export * from './graph.js';
export * from './login.js';
export * from './pages.js';
export { usagePressure } from './pressure.js';
export * from './rupload.js';
