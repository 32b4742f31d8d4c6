export * from './calendar-range.js';
export * from './calendar.service.js';
export * from './planning.module.js';
export * from './post-content.js';
export { type PostRecord } from './post-record.js';
export * from './posts.service.js';
export { type Preflight } from './preflight.js';
export * from './zone-rules.js';
export * from './zone-sweep.js';
