import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconEye, IconLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import classes from './comments.module.css';
import { type CommentDraft, type Visibility } from './item.js';
import { MentionBox } from './mention-box.js';
import { mentionedIn, type MentionPerson } from './mentions.js';

interface CommentFormProps {
  /** Of the box: "Your comment". */
  label: string;
  /** Rejects with why it could not be sent. */
  onSend: (draft: CommentDraft) => Promise<unknown>;
  /** On the button. */
  send?: string;
  /** Given up: the button "Cancel". */
  onCancel?: (() => void) | undefined;
  /** What stands there before anything is typed. */
  text?: string;
  /** Who reads it where that is not chosen here: of an answer that of its thread. Left out for clients. */
  visibility?: Visibility | undefined;
  /** Lets the person choose who reads it. */
  choosesVisibility?: boolean;
  /** Who can be spoken to. */
  people?: readonly MentionPerson[];
  /** What it will be about. */
  about?: ReactNode;
  /** The part in which files are attached, where that is possible. */
  attachments?: { part: ReactNode; ids: readonly string[]; busy: boolean; clear: () => void } | undefined;
  autoFocus?: boolean;
}

/** The colour of what leaves the house. */
const CLIENT = { color: 'var(--leaves-the-house)' };

const NOBODY: readonly MentionPerson[] = [];

/** Where a comment is written. Who will read it stands on it before it is sent. */
export function CommentForm(props: CommentFormProps) {
  const { label, onSend, send = 'Comment', onCancel, people = NOBODY, about, attachments, autoFocus = false } = props;
  const { choosesVisibility = false } = props;
  const [text, setText] = useState(props.text ?? '');
  const [chosen, setChosen] = useState<Visibility>('internal');
  const [mentioned, setMentioned] = useState<readonly MentionPerson[]>([]);
  const visibility = choosesVisibility ? chosen : props.visibility;
  const sending = useMutation({
    mutationFn: (said: string) =>
      onSend({
        text: said.trim(),
        visibility: visibility ?? 'client',
        mentions: mentionedIn(said, mentioned).map(({ id }) => id),
        attachments: [...(attachments?.ids ?? [])],
      }),
    onSuccess: (_, said) => {
      // Not what was typed meanwhile.
      setText((now) => (now === said ? '' : now));
      // What the client reads is chosen anew each time.
      setChosen('internal');
      setMentioned([]);
      attachments?.clear();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') sending.mutate(text);
  };
  const errors = formErrorsOf(sending.error);
  return (
    <form onSubmit={submit} noValidate className={classes['form']} data-visibility={visibility}>
      <Stack gap="xs">
        {about}
        {choosesVisibility && <VisibilityChoice value={chosen} onChange={setChosen} />}
        {!choosesVisibility && visibility === 'client' && <ClientSees />}
        <MentionBox
          label={label}
          value={text}
          onChange={setText}
          people={people}
          onMention={(person) => setMentioned((all) => [...all, person])}
          placeholder={people.length > 0 ? '@ mentions a colleague' : undefined}
          error={errors['text']}
          autoFocus={autoFocus}
        />
        {attachments?.part}
        <ProblemAlert error={sending.error} shown={(field) => field === 'text'} />
        <Group gap="xs">
          <Button
            type="submit"
            size="sm"
            loading={sending.isPending}
            disabled={text.trim() === '' || attachments?.busy === true}
            {...(visibility === 'client' && choosesVisibility && CLIENT)}
          >
            {visibility === 'client' && choosesVisibility ? 'Send, the client sees it' : send}
          </Button>
          {onCancel && (
            <Button variant="default" size="sm" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function ClientSees() {
  return (
    <Text size="sm" fw={600}>
      <IconEye size={15} aria-hidden style={{ verticalAlign: '-2px' }} /> The client sees this.
    </Text>
  );
}

function VisibilityChoice({ value, onChange }: { value: Visibility; onChange: (value: Visibility) => void }) {
  const labelId = useId();
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id={labelId}>
        Who reads it
      </Text>
      <SegmentedControl
        fullWidth
        classNames={{ label: classes['choice'] ?? '' }}
        aria-labelledby={labelId}
        {...(value === 'client' && CLIENT)}
        value={value}
        onChange={(next) => onChange(next === 'client' ? 'client' : 'internal')}
        data={[
          { value: 'internal', label: <Choice icon={IconLock}>Internal</Choice> },
          { value: 'client', label: <Choice icon={IconEye}>The client sees this</Choice> },
        ]}
      />
    </div>
  );
}

function Choice({ icon: Sign, children }: { icon: typeof IconLock; children: string }) {
  return (
    <Group gap={6} justify="center" wrap="nowrap">
      <Sign size={15} aria-hidden />
      {children}
    </Group>
  );
}
