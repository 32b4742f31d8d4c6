import { useState } from 'react';
import { type Look } from './look.js';
import classes from './previews.module.css';
import { foldedPart, piecesOf } from './rich-text.js';

interface FoldedTextProps {
  text: string;
  look: Pick<Look, 'fold' | 'unfold' | 'link' | 'mention'>;
  isLarge: boolean;
  /** Whose name stands in front of it. */
  by?: string;
}

/** A text as the network sets it: line breaks kept, links and mentions coloured, folded where it is long. */
export function FoldedText({ text, look, isLarge, by }: FoldedTextProps) {
  const [isOpen, setOpen] = useState(false);
  if (text.trim() === '') return null;
  const seen = look.fold && !isOpen ? foldedPart(text, look.fold) : undefined;
  return (
    <div className={classes['text']} data-large={isLarge || undefined} dir="auto">
      {by !== undefined && <strong>{by} </strong>}
      {piecesOf(seen ?? text, look).map(({ kind, text: piece }, index) =>
        kind === 'text' ? (
          piece
        ) : (
          <span key={index} className={classes['mark']}>
            {piece}
          </span>
        ),
      )}
      {seen !== undefined && (
        <>
          {'… '}
          <button type="button" className={classes['unfold']} onClick={() => setOpen(true)}>
            {look.unfold}
          </button>
        </>
      )}
    </div>
  );
}
