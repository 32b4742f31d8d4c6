export { embeddedDatabaseUrl } from './address.js';
export { AlreadyRunningError, EmbeddedPostgresError } from './errors.js';
export { type ServerExit } from './server.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start.js';
