import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '../ui/problem-alert.js';

export type Verdict = 'approve' | 'request-changes';

const MAX_WORDS = 5_000;

interface DecisionModalProps {
  decision: Verdict;
  /** What is being written to it. */
  words: string;
  onWords: (words: string) => void;
  /** Whoever asks for changes has to say which. */
  wordsNeeded?: boolean;
  /** What stood against it. */
  error: unknown;
  isPending: boolean;
  /** Trimmed; empty where nothing was written. */
  onSend: (words: string) => void;
  onClose: () => void;
}

/** Asks once more before a decision is sent, and for a word to it: of a member, or of a client with a review link. */
export function DecisionModal(props: DecisionModalProps) {
  const { decision, words, onWords, wordsNeeded = false, error, isPending, onSend, onClose } = props;
  const approves = decision === 'approve';
  const needed = wordsNeeded && !approves;
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = words.trim();
    if (needed && said === '') setMissing(true);
    else onSend(said);
  };
  return (
    <Modal opened onClose={onClose} title={approves ? 'Approve this post' : 'Ask for changes'}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">
            {approves
              ? 'You approve exactly what you see now. If somebody changes it, you are asked again.'
              : 'Nothing of it goes out until it was changed and approved.'}
          </Text>
          <Textarea
            label={approves ? 'A word to it' : 'What should be different'}
            description={approves ? 'Optional.' : undefined}
            required={needed}
            withAsterisk={false}
            error={missing && words.trim() === '' && 'Say what should be different, so that it can be changed.'}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={MAX_WORDS}
            data-autofocus={!approves || undefined}
            value={words}
            onChange={(event) => onWords(event.currentTarget.value)}
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} {...(approves && { 'data-autofocus': true })}>
              {approves ? 'Approve' : 'Ask for changes'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
