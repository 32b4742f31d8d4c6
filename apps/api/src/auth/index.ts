export * from './auth.module.js';
export * from './authentication.js';
export * from './current-principal.decorator.js';
export * from './public.decorator.js';
