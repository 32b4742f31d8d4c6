import { Group, Text } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDeviceFloppy } from '@tabler/icons-react';
import { describeError, fieldErrorsOf } from '../api/problem.js';
import { type KeepStatus } from './draft-keeper.js';

/** Where what was written is now; heard when that changes for the better or the worse, not at every save. */
export function SaveStatus({ status }: { status: KeepStatus }) {
  const { words, Sign } = lookOf(status);
  return (
    <>
      <Group
        gap={6}
        wrap="nowrap"
        c={isWorry(status) ? 'var(--mantine-color-error)' : 'dimmed'}
        aria-hidden
        data-save={status.kind}
      >
        {Sign && <Sign size={18} stroke={1.7} />}
        <Text size="sm" component="span">
          {words}
        </Text>
      </Group>
      <span className="visually-hidden" role="status">
        {status.kind === 'saving' ? '' : words}
      </span>
    </>
  );
}

function isWorry({ kind }: KeepStatus): boolean {
  return kind === 'refused' || kind === 'conflict' || kind === 'gone';
}

function lookOf(status: KeepStatus) {
  switch (status.kind) {
    case 'clean':
      return { words: '', Sign: undefined };
    case 'saving':
      return { words: 'Saving…', Sign: IconCloudUp };
    case 'saved':
      return { words: 'Saved', Sign: IconCloudCheck };
    case 'waiting':
      return { words: 'Not saved, kept on this device', Sign: IconCloudOff };
    case 'local':
      return { words: 'Changes kept on this device', Sign: IconDeviceFloppy };
    case 'refused':
      return { words: `Not saved, kept on this device. ${reasonOf(status.error)}`, Sign: IconCloudOff };
    case 'conflict':
    case 'gone':
      return { words: 'Not saved, kept on this device', Sign: IconCloudOff };
  }
}

function reasonOf(error: unknown): string {
  const [first] = fieldErrorsOf(error);
  return first ? `${first.message} ${first.remedy}` : describeError(error).detail;
}
