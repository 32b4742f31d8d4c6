import { Popover, Textarea, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import classes from './comments.module.css';
import { fitting, type MentionPerson, mentionQueryAt, withMention } from './mentions.js';

interface MentionBoxProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Who can be spoken to; empty = nobody is offered. */
  people: readonly MentionPerson[];
  onMention: (person: MentionPerson) => void;
  placeholder?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean;
}

const MAX_COMMENT = 5_000;

/** A text in which @ offers people; arrow keys choose, Enter takes, Escape goes on without. */
export function MentionBox(props: MentionBoxProps) {
  const { label, value, onChange, people, onMention, placeholder, error, autoFocus = false } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  /** Of the @ with which nobody is meant. */
  const [dismissed, setDismissed] = useState<number>();
  const next = useRef<number | undefined>(undefined);
  const query = people.length > 0 ? mentionQueryAt(value, caret) : undefined;
  const offered = query && query.start !== dismissed ? fitting(people, query.words) : [];
  const at = Math.min(chosen, offered.length - 1);
  useLayoutEffect(() => {
    if (next.current === undefined) return;
    box.current?.setSelectionRange(next.current, next.current);
    next.current = undefined;
  }, [value]);
  const take = (person: MentionPerson) => {
    if (!query) return;
    const changed = withMention(value, caret, query, person);
    next.current = changed.caret;
    setCaret(changed.caret);
    setDismissed(query.start);
    onMention(person);
    onChange(changed.text);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = offered[at];
    if (!person) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => setChosen((at + 1) % offered.length),
      ArrowUp: () => setChosen((at + offered.length - 1) % offered.length),
      Enter: () => take(person),
      Tab: () => take(person),
      Escape: () => setDismissed(query?.start),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };
  return (
    <Popover
      opened={offered.length > 0}
      position="bottom-start"
      width="target"
      withRoles={false}
      trapFocus={false}
      returnFocus={false}
    >
      <Popover.Target>
        <Textarea
          ref={box}
          label={label}
          placeholder={placeholder}
          error={error}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={MAX_COMMENT}
          data-autofocus={autoFocus || undefined}
          autoFocus={autoFocus}
          value={value}
          aria-autocomplete={people.length > 0 ? 'list' : undefined}
          aria-controls={offered.length > 0 ? listId : undefined}
          aria-activedescendant={offered.length > 0 ? `${listId}-${at}` : undefined}
          onChange={(event) => {
            setCaret(event.currentTarget.selectionStart);
            setChosen(0);
            const now = mentionQueryAt(event.currentTarget.value, event.currentTarget.selectionStart);
            if (now?.start !== dismissed) setDismissed(undefined);
            onChange(event.currentTarget.value);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setDismissed(query?.start)}
          onKeyDown={onKeyDown}
        />
      </Popover.Target>
      <Popover.Dropdown p={4} role="region" aria-label="Mentions">
        <div role="listbox" id={listId} aria-label="People to mention">
          {offered.map((person, index) => (
            <div
              key={person.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className={classes['option']}
              // Before the box loses the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              {person.name}
            </div>
          ))}
        </div>
      </Popover.Dropdown>
      <VisuallyHidden role="status">
        {offered.length > 0 ? `${offered.length} people to mention. ${offered[at]?.name ?? ''}` : ''}
      </VisuallyHidden>
    </Popover>
  );
}
