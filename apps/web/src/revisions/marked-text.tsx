import { Text } from '@mantine/core';
import { markedWords } from './marked.js';
import classes from './revisions.module.css';

/** Two texts as one: what is gone struck out, what is new underlined, and both said to whoever hears it. */
export function MarkedText({ before, after }: { before: string; after: string }) {
  return (
    <Text component="div" size="sm" className={classes['text'] ?? ''} dir="auto">
      {markedWords(before, after).map(({ kind, text }, index) => {
        if (kind === 'same') return <span key={index}>{text}</span>;
        const Tag = kind === 'added' ? 'ins' : 'del';
        return (
          <Tag key={index} className={classes[kind]}>
            <span className="visually-hidden">{kind === 'added' ? ' New: ' : ' Gone: '}</span>
            {text}
            <span className="visually-hidden"> (end) </span>
          </Tag>
        );
      })}
    </Text>
  );
}
