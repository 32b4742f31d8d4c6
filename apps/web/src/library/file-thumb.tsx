import { IconFileText, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { type Media } from '../api/queries.js';
import { durationInWords, pagesInWords } from '../media/words.js';
import classes from './files.module.css';

interface FileThumbProps {
  media: Pick<Media, 'id' | 'kind' | 'durationMs' | 'pages' | 'facts'>;
  /** In pixels, as the API makes them. */
  width: 200 | 400;
}

/** A file as a picture that fills its frame; it is described beside it. */
export function FileThumb({ media: { id, kind, durationMs, pages, facts }, width }: FileThumbProps) {
  // Some pages cannot be drawn, which shows only when somebody looks.
  const [isMissing, setMissing] = useState(false);
  if (!facts.picture || isMissing) {
    return (
      <span className={classes['paper']}>
        <IconFileText size="40%" stroke={1.25} aria-hidden />
      </span>
    );
  }
  return (
    <>
      <img
        className={classes['picture']}
        src={`/v1/media/${id}/content?width=${width}`}
        alt=""
        loading="lazy"
        draggable={false}
        onError={() => setMissing(kind === 'document')}
      />
      {kind === 'document' && pages !== undefined && <span className={classes['badge']}>{pagesInWords(pages)}</span>}
      {(kind === 'video' || facts.animated) && (
        <span className={classes['badge']}>
          {kind === 'video' ? <IconPlayerPlayFilled size={9} aria-hidden /> : 'Moves '}
          {durationMs !== undefined && durationInWords(durationMs)}
        </span>
      )}
    </>
  );
}
