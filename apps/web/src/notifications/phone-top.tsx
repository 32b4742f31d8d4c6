import { Logo } from '../app/logo.js';
import classes from './notifications.module.css';
import { NotificationBell } from './notification-bell.js';

/** What stands above every screen on a phone, where no sidebar holds the bell. */
export function PhoneTop() {
  return (
    <div className={classes['top']}>
      <Logo size={22} />
      <NotificationBell sheet />
    </div>
  );
}
