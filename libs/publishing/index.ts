export * from './attention.service.js';
export * from './dispatch/index.js';
export * from './excerpt.js';
export * from './feed/index.js';
export * from './publications.service.js';
export * from './publishing.module.js';
export * from './rules/index.js';
export { type Invitation, PublicationRunner } from './runner/index.js';
export * from './store/index.js';
