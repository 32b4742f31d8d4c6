import { IconUserFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { type Details } from './details.js';
import classes from './gallery.module.css';

/** Who is named on a picture: hidden behind a sign until somebody asks, as the network does it. */
export function Tags({ marks }: { marks: Details['marks'] }) {
  const [isOpen, setOpen] = useState(false);
  if (marks.length === 0) return null;
  return (
    <>
      {isOpen &&
        marks.map(({ x, y, text }, index) => (
          <span
            key={index}
            className={classes['tag']}
            style={{ insetInlineStart: `${x * 100}%`, insetBlockStart: `${y * 100}%` }}
          >
            {text}
          </span>
        ))}
      <button
        type="button"
        className={classes['tagSign']}
        aria-expanded={isOpen}
        aria-label={`Named here: ${marks.map(({ text }) => text).join(', ')}`}
        onClick={() => setOpen(!isOpen)}
      >
        <IconUserFilled size={14} aria-hidden />
      </button>
    </>
  );
}
