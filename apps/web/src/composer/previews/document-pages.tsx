import { IconFileText } from '@tabler/icons-react';
import classes from './document.module.css';
import { type SeenFile } from './shown-file.js';

/** Whether a file has pages to be turned. */
export function isDocument({ facts }: SeenFile): boolean {
  return facts?.kind === 'document';
}

interface DocumentPagesProps {
  file: SeenFile;
  /** The name of the file where none is given. */
  title: string | undefined;
}

/** A document as a feed shows it: its title, and its pages one beside the other, of which the first is seen. */
export function DocumentPages({ file: { facts, address }, title }: DocumentPagesProps) {
  const name = title ?? facts?.filename ?? 'Document';
  const pages = facts?.pages;
  return (
    <figure className={classes['document']} aria-label={`Document: ${name}`}>
      <figcaption className={classes['bar']}>
        <span className={classes['name']}>{name}</span>
        {pages !== undefined && <span className={classes['count']}>{pages === 1 ? '1 page' : `${pages} pages`}</span>}
      </figcaption>
      <div className={classes['pages']} aria-hidden>
        <div className={classes['page']}>
          {facts?.facts?.picture === true ? (
            <img src={address} alt="" draggable={false} />
          ) : (
            <IconFileText size={44} stroke={1.2} />
          )}
        </div>
        {pages !== 1 && <div className={classes['next']} />}
      </div>
      {pages !== 1 && (
        <div className={classes['turning']} aria-hidden>
          <span>1{pages !== undefined && ` / ${pages}`}</span>
          <span className={classes['way']} />
        </div>
      )}
    </figure>
  );
}
