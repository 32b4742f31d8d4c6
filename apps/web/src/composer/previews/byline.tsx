import { IconChevronRight, IconUsers, IconWorld } from '@tabler/icons-react';
import { type ReactNode } from 'react';
import { type Details, namesInWords } from './details.js';
import { type FeedLook } from './look.js';
import { type PreviewItem, usePreviewSource } from './preview-source.js';
import classes from './previews.module.css';

/** Who posts: the name and, without its `@`, the handle; networks that show the handle alone fall back to the name. */
export function useNames({ channel }: Pick<PreviewItem, 'channel'>): { name: string; handle: string; shown: string } {
  const { useOwnName } = usePreviewSource();
  const ownName = useOwnName();
  const name = channel.name || ownName;
  const handle = channel.handle?.replace(/^@/, '') ?? '';
  return { name, handle, shown: handle === '' ? name : handle };
}

/** Whether a channel is a page of an organization, as far as its settings tell. */
function isPage({ channel: { withoutSettings } }: PreviewItem, { pageWithout }: FeedLook): boolean {
  return pageWithout !== undefined && withoutSettings?.includes(pageWithout) === true;
}

/** Everybody, unless it says who. */
function SeenBy({ words }: { words: string | undefined }) {
  if (words === undefined) return <IconWorld size={13} aria-label="Public" />;
  return (
    <>
      <IconUsers size={13} aria-hidden /> {words}
    </>
  );
}

/** The initials in place of a picture: nothing is loaded from elsewhere. */
export function Avatar({ name, isSquare = false }: { name: string; isSquare?: boolean }) {
  return (
    <span className={classes['avatar']} data-square={isSquare || undefined} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}

interface BylineProps {
  item: PreviewItem;
  look: FeedLook;
  /** Undefined where they are another post's. */
  details: Details | undefined;
}

/** Who posts, and when, as a feed says it. */
export function Byline({ item, look, details }: BylineProps) {
  const { name, handle, shown } = useNames(item);
  const at = handle === '' ? '' : `@${handle}`;
  const now = <span className={classes['quiet']}>now</span>;
  return (
    <div className={classes['byline']} data-form={look.byline}>
      <Avatar name={name} isSquare={isPage(item, look)} />
      {look.byline === 'name-and-time' && (
        <Names strong={<WithPlace name={name} details={details} />}>
          <span className={classes['quiet']}>
            Just now · <SeenBy words={details?.visibility} />
          </span>
        </Names>
      )}
      {look.byline === 'handle' && (
        <Names strong={<strong>{shown}</strong>}>
          {details?.topic !== undefined && (
            <span className={classes['topic']}>
              <IconChevronRight size={14} aria-label="Topic:" />
              {details.topic}
            </span>
          )}
          {now}
        </Names>
      )}
      {(look.byline === 'one-line' || look.byline === 'two-lines') && (
        <Names strong={<strong>{name}</strong>}>
          <span className={classes['quiet']}>{at}</span>
          {look.byline === 'one-line' && <span className={`${classes['quiet']} ${classes['when']}`}>· now</span>}
        </Names>
      )}
      {look.byline === 'two-lines' && now}
    </div>
  );
}

function Names({ strong, children }: { strong: ReactNode; children: ReactNode }) {
  return (
    <span className={classes['names']}>
      {strong}
      {children}
    </span>
  );
}

/** `Bright Agency is in Berlin` */
function WithPlace({ name, details }: { name: string; details: Details | undefined }) {
  if (details?.place === undefined) return <strong>{name}</strong>;
  return (
    <span className={classes['sentence']}>
      <strong>{name}</strong> is at <strong>{details.place}</strong>.
    </span>
  );
}

/** `bright.agency and grace` */
export function authorsInWords(name: string, { collaborators }: Pick<Details, 'collaborators'>): string {
  return namesInWords([name, ...collaborators]);
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}
