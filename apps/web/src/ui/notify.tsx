import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { describeError, fieldErrorsOf } from '../api/problem.js';

const READING_MS = 10_000;

/** What can be done about something that was just done: "Undo". */
export interface NoticeAction {
  label: string;
  onClick: () => void;
}

/** Says that something was done. With an action it stays long enough to be reached. */
export function notifyDone(message: string, action?: NoticeAction): void {
  if (!action) {
    notifications.show({ message, color: 'teal' });
    return;
  }
  const id = notifications.show({
    color: 'teal',
    autoClose: READING_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        {message}
        <Button
          size="compact-sm"
          variant="light"
          miw="max-content"
          onClick={() => {
            notifications.hide(id);
            action.onClick();
          }}
        >
          {action.label}
        </Button>
      </Group>
    ),
  });
}

/** Says that something could not be done, for actions that have no field to say it at. */
export function notifyError(error: unknown): void {
  const { title, detail } = describeError(error);
  const [first] = fieldErrorsOf(error);
  notifyRefused(title, first ? `${first.message} ${first.remedy}` : detail);
}

/** Says that something was refused, why, and what to do. */
export function notifyRefused(title: string, detail: string): void {
  notifications.show({ title, message: detail, color: 'red', autoClose: READING_MS });
}
