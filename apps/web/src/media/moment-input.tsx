import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { momentInWords, readMoment } from './words.js';

interface MomentInputProps {
  label: string;
  /** Milliseconds. */
  value: number;
  min: number;
  max: number;
  onMoment: (ms: number) => void;
}

/** A moment of a video as a time that can be typed: `0:07.3`. */
export function MomentInput({ label, value, min, max, onMoment }: MomentInputProps) {
  const [typed, setTyped] = useState<string>();
  const read = typed === undefined ? value : readMoment(typed);
  const isWrong = read === undefined || read < min || read > max;
  return (
    <TextInput
      label={label}
      size="sm"
      maw={128}
      classNames={{ input: 'tabular' }}
      value={typed ?? momentInWords(value)}
      error={typed !== undefined && isWrong ? `${momentInWords(min)} to ${momentInWords(max)}` : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const ms = readMoment(text);
        if (ms !== undefined && ms >= min && ms <= max) onMoment(ms);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
