import { Textarea } from '@mantine/core';
import { type RefObject } from 'react';
import classes from './composer.module.css';
import { splitAt } from './split-text.js';

interface TextBoxProps {
  ref?: RefObject<HTMLTextAreaElement | null>;
  id: string;
  label: string;
  /** The id of what stands against it. */
  describedBy: string;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
  placeholder: string;
  minRows: number;
  /** Alt and Enter begin the next part of a thread with what stands behind the cursor; left out where there are no threads. */
  onSplit?: ((before: string, after: string) => void) | undefined;
}

/** A text that grows with what is written in it. */
export function TextBox({ ref, id, label, describedBy, value, onChange, invalid, onSplit, ...rest }: TextBoxProps) {
  return (
    <Textarea
      {...rest}
      {...(ref && { ref })}
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      {...(onSplit && { 'aria-keyshortcuts': 'Alt+Enter' })}
      variant="unstyled"
      maxRows={24}
      classNames={{ input: classes['text'] ?? '' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (!onSplit || event.key !== 'Enter' || !event.altKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        const { selectionStart } = event.currentTarget;
        onSplit(...splitAt(event.currentTarget.value, selectionStart));
      }}
    />
  );
}
