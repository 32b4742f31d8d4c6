import { notifications } from '@mantine/notifications';
import { describeError, fieldErrorsOf } from '../api/problem.js';

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal' });
}

/** Says that something could not be done, for actions that have no field to say it at. */
export function notifyError(error: unknown): void {
  const { title, detail } = describeError(error);
  const [first] = fieldErrorsOf(error);
  notifications.show({
    title,
    message: first ? `${first.message} ${first.remedy}` : detail,
    color: 'red',
    autoClose: 10_000,
  });
}
