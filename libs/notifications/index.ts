export { ALERT_CAUSES, type AlertCause, type SubjectType } from './alert-causes.js';
export * from './alert-watch.js';
export * from './live-feed.js';
export * from './notices/index.js';
export * from './notifications.module.js';
export * from './notifications.service.js';
export * from './notifier.js';
export {
  EMAIL_PREFERENCES,
  type EmailPreference,
  type NotificationPreferences,
  type Person,
  PreferencesService,
} from './preferences.js';
export * from './webhooks/index.js';
