import { IconFileText, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Media, mediaQuery } from '../api/queries.js';
import classes from './thumb.module.css';
import { durationInWords, pagesInWords } from './words.js';

interface ThumbProps {
  id: string;
  /** Undefined while it is read. */
  media: (Pick<Media, 'kind' | 'durationMs'> & Partial<Pick<Media, 'pages' | 'facts'>>) | undefined;
  /** Left out = it is described elsewhere. */
  altText?: string;
}

/** A file as a small square: an image, the poster of a video with its duration, the first page of a document or a sign for it. */
export function Thumb({ id, media, altText = '' }: ThumbProps) {
  // Some pages cannot be drawn, which shows only when somebody looks.
  const [isMissing, setMissing] = useState(false);
  if (media?.kind === 'document' && (media.facts?.picture !== true || isMissing)) {
    return (
      <span className={classes['thumb']} role="img" aria-label={altText || 'Document'}>
        <IconFileText size={24} stroke={1.5} aria-hidden />
      </span>
    );
  }
  return (
    <span className={classes['thumb']}>
      <img
        className={classes['image']}
        src={`/v1/media/${id}/content?width=200`}
        alt={altText}
        draggable={false}
        onError={() => setMissing(true)}
      />
      {media?.kind === 'document' && media.pages !== undefined && (
        <span className={classes['duration']}>{pagesInWords(media.pages)}</span>
      )}
      {media?.kind === 'video' && (
        <span className={classes['duration']}>
          <IconPlayerPlayFilled size={9} aria-hidden />
          <span className="visually-hidden">Video, </span>
          {durationInWords(media.durationMs ?? 0)}
        </span>
      )}
    </span>
  );
}

/** The same of a file of which only the id is at hand. */
export function KnownThumb({ id, altText }: { id: string; altText: string }) {
  return <Thumb id={id} media={useQuery(mediaQuery(id)).data} altText={altText} />;
}
