import { Anchor, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { type ReactNode } from 'react';
import { type Schema } from '../api/client.js';
import classes from './practice.module.css';
import { type PracticePost } from './threads.js';

type PracticeFile = Schema<'PracticeMediaDto'>;

/** The files of a post: one upright, several side by side where the network lays them so, else in a grid. */
export function PracticeFiles({ post: { media, look } }: { post: PracticePost }) {
  if (media.length === 0) return null;
  const files = media.map((file, index) => (
    <Picture key={`${file.url} ${index}`} file={file} index={index} poster={look.poster} shape={look.shape} />
  ));
  const isStrip = look.arrangement === 'gallery' && media.length > 1;
  const laid = isStrip ? (
    <div className={classes['strip']} role="group" tabIndex={0} aria-label={`${media.length} files, side by side`}>
      {files}
    </div>
  ) : (
    <div className={classes['pictures']} data-count={Math.min(media.length, 2)}>
      {files}
    </div>
  );
  return look.spoiler === undefined ? laid : <Hidden behind={look.spoiler}>{laid}</Hidden>;
}

/** What is shown when somebody asks for it. */
export function Hidden({ behind, children }: { behind: string; children: ReactNode }) {
  return (
    <details className={classes['hidden']}>
      <summary>{behind}</summary>
      {children}
    </details>
  );
}

interface PictureProps {
  file: PracticeFile;
  index: number;
  poster: string | undefined;
  /** Width by height; the file's own where there is none. */
  shape: number | undefined;
}

/** Documents have none. */
function descriptionOf(contentType: string, altText: string): string {
  if (contentType.startsWith('application/')) return '';
  return altText === '' ? 'Without a description' : `Described as “${altText}”`;
}

function Picture({ file: { url, contentType, altText = '' }, index, poster, shape }: PictureProps) {
  const shaped = shape !== undefined && { style: { aspectRatio: shape } };
  return (
    <figure className={classes['figure']}>
      {contentType.startsWith('application/') ? (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm" className={classes['document'] ?? ''}>
          <IconFileText size={28} stroke={1.4} aria-hidden />
          Open the document
        </Anchor>
      ) : contentType.startsWith('video/') ? (
        <video
          className={classes['picture']}
          src={url}
          poster={poster}
          controls
          preload="metadata"
          playsInline
          aria-label={altText || `Video ${index + 1}`}
          {...shaped}
        />
      ) : (
        <img className={classes['picture']} src={url} alt={altText} loading="lazy" {...shaped} />
      )}
      <Text component="figcaption" size="xs" c="dimmed" mt={4}>
        {descriptionOf(contentType, altText)}
      </Text>
    </figure>
  );
}
