import { Text } from '@mantine/core';
import {
  IconDots,
  IconHeart,
  IconLock,
  IconMapPin,
  IconMessageCircle,
  IconMusic,
  IconSend,
  IconUsers,
} from '@tabler/icons-react';
import { sentText } from '#platforms/core';
import { authorsInWords, Avatar, useNames } from './byline.js';
import { Carousel } from './carousel.js';
import { type Details, detailsOf, namesInWords } from './details.js';
import { FoldedText } from './folded-text.js';
import gallery from './gallery.module.css';
import { type TallLook } from './look.js';
import { type PreviewItem } from './preview-source.js';
import { type SeenFile, ShownFile, useSeenFiles } from './shown-file.js';
import { Tags } from './tags.js';
import classes from './tall.module.css';

/** Up to this difference from the screen's shape a file is cut to it, beyond it stands between bars. */
const CUT = 0.04;
const SCREEN = 9 / 16;

/** One file on the upright screen of a phone: a reel with its text over it, or a story. */
export function TallPost({ item, look }: { item: PreviewItem; look: TallLook }) {
  const { channel, content, supports } = item;
  const names = useNames(item);
  const shown = look.signedBy === 'name' ? names.name : names.shown;
  const details = detailsOf(look.details, content.settings);
  const most = look.isCarousel ? channel.limits.media.maxCount : 1;
  const files = useSeenFiles(content.media.slice(0, most), channel.id, 0);
  // Photos have a title there, videos have none.
  const title = look.isCarousel && files[0]?.facts?.kind === 'video' ? undefined : details.title;
  const comment = supports.firstComment ? content.firstComment.trim() : '';
  const who = authorsInWords(shown, details);
  return (
    <div className={classes['post']}>
      <div className={classes['screen']} data-kind={look.kind}>
        <Pictures files={files} nothing={look.nothing} />
        {look.kind === 'story' ? (
          <>
            <div className={classes['top']}>
              <span className={classes['progress']} aria-hidden />
              <span className={classes['who']}>
                <Avatar name={shown} />
                <strong>{who}</strong>
                <span>now</span>
                <IconDots size={18} aria-hidden />
              </span>
              <Notes details={details} />
            </div>
            <div className={classes['answer']} aria-hidden>
              <span>{look.answer}</span>
              <IconHeart size={22} stroke={1.7} />
              <IconSend size={22} stroke={1.7} />
            </div>
          </>
        ) : (
          <>
            <div className={classes['side']} aria-hidden>
              <IconHeart size={24} stroke={1.7} />
              <IconMessageCircle size={24} stroke={1.7} />
              <IconSend size={24} stroke={1.7} />
              <IconDots size={20} />
            </div>
            <div className={classes['bottom']}>
              <span className={classes['who']}>
                <Avatar name={shown} />
                <strong>{who}</strong>
              </span>
              {title !== undefined && <strong>{title}</strong>}
              <FoldedText text={sentText(content, channel.limits.text)} look={look} isLarge={false} />
              <Facts details={details} music={look.music && `${look.music} · ${shown}`} />
              <Notes details={details} />
            </div>
          </>
        )}
        <Tags marks={details.marks.filter(({ media }) => media === 0)} />
      </div>
      {look.kind === 'story' && (
        <p className={classes['below']}>
          It is seen for 24 hours{content.text.trim() === '' ? '' : ', without the text'}.
        </p>
      )}
      {look.below !== undefined && <p className={classes['below']}>{look.below}</p>}
      {comment !== '' && (
        <div className={gallery['comment']}>
          <span className={gallery['caption']}>First comment</span>
          <FoldedText text={comment} look={look} isLarge={false} by={shown} />
        </div>
      )}
    </div>
  );
}

function Pictures({ files, nothing }: { files: readonly SeenFile[]; nothing: string }) {
  const [file] = files;
  if (!file) {
    return (
      <Text size="sm" className={classes['nothing'] ?? ''}>
        {nothing}
      </Text>
    );
  }
  if (files.length > 1) {
    return (
      <div className={classes['picture']} data-several>
        <Carousel files={files} shape={SCREEN} marks={[]} />
      </div>
    );
  }
  const isCut = file.shape === undefined || Math.abs(file.shape - SCREEN) <= CUT;
  return (
    <div className={classes['picture']} data-cut={isCut || undefined}>
      <ShownFile file={file} withLength={false} />
    </div>
  );
}

/** @param music what is played where nothing else is said */
function Facts({ details, music }: { details: Details; music: string | undefined }) {
  const { place, people, sound = music, visibility } = details;
  if (place === undefined && people.length === 0 && sound === undefined && visibility === undefined) return null;
  return (
    <ul className={classes['facts']}>
      {sound !== undefined && (
        <li>
          <IconMusic size={14} aria-label="Sound:" /> <span>{sound}</span>
        </li>
      )}
      {visibility !== undefined && (
        <li>
          <IconLock size={14} aria-label="Seen by:" /> <span>{visibility}</span>
        </li>
      )}
      {people.length > 0 && (
        <li>
          <IconUsers size={14} aria-label="People:" /> <span>{namesInWords(people)}</span>
        </li>
      )}
      {place !== undefined && (
        <li>
          <IconMapPin size={14} aria-label="Location:" /> <span>{place}</span>
        </li>
      )}
    </ul>
  );
}

function Notes({ details: { notes } }: { details: Details }) {
  return notes.length === 0 ? null : <span className={classes['notes']}>{notes.join(' · ')}</span>;
}
