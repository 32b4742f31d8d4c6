import { Text } from '@mantine/core';
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

function Picture({ file: { url, contentType, altText = '' }, index, poster, shape }: PictureProps) {
  const shaped = shape !== undefined && { style: { aspectRatio: shape } };
  return (
    <figure className={classes['figure']}>
      {contentType.startsWith('video/') ? (
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
        {altText === '' ? 'Without a description' : `Described as “${altText}”`}
      </Text>
    </figure>
  );
}
