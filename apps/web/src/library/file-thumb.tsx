import { IconFileText, IconPlayerPlayFilled } from '@tabler/icons-react';
import { type Media } from '../api/queries.js';
import { durationInWords } from '../media/words.js';
import classes from './files.module.css';

interface FileThumbProps {
  media: Pick<Media, 'id' | 'kind' | 'durationMs' | 'facts'>;
  /** In pixels, as the API makes them. */
  width: 200 | 400;
}

/** A file as a picture that fills its frame; it is described beside it. */
export function FileThumb({ media: { id, kind, durationMs, facts }, width }: FileThumbProps) {
  if (kind === 'document') {
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
      />
      {(kind === 'video' || facts.animated) && (
        <span className={classes['badge']}>
          {kind === 'video' ? <IconPlayerPlayFilled size={9} aria-hidden /> : 'Moves '}
          {durationMs !== undefined && durationInWords(durationMs)}
        </span>
      )}
    </>
  );
}
