import { Button, Text } from '@mantine/core';
import { IconMessage2Plus } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import classes from './comments.module.css';
import { cut, type Highlight } from './highlights.js';

/** What somebody selected in a text. */
export interface SelectedPlace {
  start: number;
  end: number;
  quote: string;
}

interface AnchoredTextProps {
  text: string;
  highlights?: readonly Highlight[];
  /** The thread that is being looked at. */
  active?: string | undefined;
  onActivate?: (id: string) => void;
  /** Offers to comment on what is selected, and on the whole text where nothing is. */
  onComment?: (place: SelectedPlace) => void;
  /** What the text is called: "Part 2 of the thread". */
  label?: string;
  size?: 'sm' | 'md';
}

/** A text with the places marked that people said something about, and a way to say something about another. */
export function AnchoredText(props: AnchoredTextProps) {
  const { text, highlights = [], active, onActivate, onComment, label = 'the text', size = 'sm' } = props;
  const ref = useRef<HTMLElement>(null);
  return (
    <div>
      <Text
        component="div"
        size={size}
        dir="auto"
        className={classes['text'] ?? ''}
        ref={ref as RefObject<HTMLDivElement>}
      >
        {cut(text, highlights).map((piece) => {
          const id = piece.ids.at(-1);
          if (id === undefined) return <span key={piece.start}>{piece.text}</span>;
          return (
            <mark
              key={piece.start}
              className={classes['mark']}
              data-active={(active !== undefined && piece.ids.includes(active)) || undefined}
              data-places={piece.ids.join(' ')}
              tabIndex={-1}
              onClick={() => onActivate?.(id)}
            >
              {piece.text}
            </mark>
          );
        })}
      </Text>
      {onComment && text !== '' && <CommentOnText text={text} label={label} target={ref} onComment={onComment} />}
    </div>
  );
}

interface CommentOnTextProps extends Required<Pick<AnchoredTextProps, 'text' | 'label' | 'onComment'>> {
  target: RefObject<HTMLElement | null>;
}

function CommentOnText({ text, label, target, onComment }: CommentOnTextProps) {
  const selected = useSelectedIn(target, text);
  // A tap takes the selection away before it counts as a click.
  const pressed = useRef<SelectedPlace | undefined>(undefined);
  const whole = { start: 0, end: text.length, quote: text };
  return (
    <Button
      size="compact-xs"
      mt={4}
      variant={selected ? 'light' : 'subtle'}
      className={classes['flush'] ?? ''}
      leftSection={<IconMessage2Plus size={15} aria-hidden />}
      onPointerDown={() => (pressed.current = selected)}
      onClick={() => {
        onComment(selected ?? pressed.current ?? whole);
        pressed.current = undefined;
      }}
    >
      {selected ? `Comment on “${shortened(selected.quote)}”` : `Comment on ${label}`}
    </Button>
  );
}

const LONGEST = 24;

function shortened(quote: string): string {
  return quote.length > LONGEST ? `${quote.slice(0, LONGEST).trimEnd()}…` : quote;
}

/** What is selected inside of an element whose text is exactly `text`. */
function useSelectedIn(target: RefObject<HTMLElement | null>, text: string): SelectedPlace | undefined {
  const [selected, setSelected] = useState<SelectedPlace>();
  useEffect(() => {
    const read = () => setSelected(placeIn(target.current, text));
    document.addEventListener('selectionchange', read);
    return () => document.removeEventListener('selectionchange', read);
  }, [target, text]);
  return selected;
}

function placeIn(element: HTMLElement | null, text: string): SelectedPlace | undefined {
  const selection = document.getSelection();
  if (!element || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return undefined;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const end = start + range.toString().length;
  const quote = text.slice(start, end);
  return quote.trim() === '' ? undefined : { start, end, quote };
}
