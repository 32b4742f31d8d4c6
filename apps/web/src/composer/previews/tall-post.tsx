import { Text } from '@mantine/core';
import {
  IconDots,
  IconHeart,
  IconMapPin,
  IconMessageCircle,
  IconMusic,
  IconSend,
  IconUsers,
} from '@tabler/icons-react';
import { sentText } from '#platforms/core';
import { authorsInWords, Avatar, useNames } from './byline.js';
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
  const [file] = useSeenFiles(content.media.slice(0, 1), channel.id, 0);
  const comment = supports.firstComment ? content.firstComment.trim() : '';
  const who = authorsInWords(shown, details);
  return (
    <div className={classes['post']}>
      <div className={classes['screen']} data-kind={look.kind}>
        <Picture file={file} kind={look.kind} />
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
              {details.title !== undefined && <strong>{details.title}</strong>}
              <FoldedText text={sentText(content, channel.limits.text)} look={look} isLarge={false} />
              <Facts details={details} />
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
      {comment !== '' && (
        <div className={gallery['comment']}>
          <span className={gallery['caption']}>First comment</span>
          <FoldedText text={comment} look={look} isLarge={false} by={shown} />
        </div>
      )}
    </div>
  );
}

function Picture({ file, kind }: { file: SeenFile | undefined; kind: TallLook['kind'] }) {
  if (!file) {
    return (
      <Text size="sm" className={classes['nothing'] ?? ''}>
        {kind === 'reel' ? 'Add a video to see the reel.' : 'Add an image or a video to see the story.'}
      </Text>
    );
  }
  const isCut = file.shape === undefined || Math.abs(file.shape - SCREEN) <= CUT;
  return (
    <div className={classes['picture']} data-cut={isCut || undefined}>
      <ShownFile file={file} withLength={false} />
    </div>
  );
}

function Facts({ details: { place, people, sound } }: { details: Details }) {
  if (place === undefined && people.length === 0 && sound === undefined) return null;
  return (
    <ul className={classes['facts']}>
      {sound !== undefined && (
        <li>
          <IconMusic size={14} aria-label="Sound:" /> <span>{sound}</span>
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
