export * from './config.js';
export { ConfigError } from './environment.js';
export { type MailConfig } from './mail.js';
export { type OAuthClient } from './oauth-apps.js';
export * from './options.js';
export * from './secret-key.js';
export { describeConfig, type VariableDescription } from './variables.js';
