import { Text } from '@mantine/core';
import { IconBookmark, IconDots, IconHeart, IconMessageCircle, IconRepeat, IconSend } from '@tabler/icons-react';
import { sentText } from '#platforms/core';
import { authorsInWords, Avatar, useNames } from './byline.js';
import { Carousel } from './carousel.js';
import { detailsOf } from './details.js';
import { FoldedText } from './folded-text.js';
import classes from './gallery.module.css';
import { type GalleryLook } from './look.js';
import { type PreviewItem } from './preview-source.js';
import { shapeWithin, useSeenFiles } from './shown-file.js';

/** A post of pictures: who, the pictures, then the text and the first comment below it. */
export function GalleryPost({ item, look }: { item: PreviewItem; look: GalleryLook }) {
  const { channel, content, supports } = item;
  const { shown } = useNames(item);
  const details = detailsOf(look.details, content.settings);
  const files = useSeenFiles(content.media.slice(0, channel.limits.media.maxCount), channel.id, 0);
  const comment = supports.firstComment ? content.firstComment.trim() : '';
  const sub = [...details.notes, details.place].filter((line) => line !== undefined);
  return (
    <div className={classes['post']}>
      <div className={classes['byline']}>
        <Avatar name={shown} />
        <span className={classes['names']}>
          <strong>{authorsInWords(shown, details)}</strong>
          {sub.length > 0 && <span className={classes['sub']}>{sub.join(' · ')}</span>}
        </span>
        <IconDots size={18} aria-hidden />
      </div>
      {files.length === 0 ? (
        <div className={classes['nothing']}>
          <Text size="sm" c="dimmed">
            Add an image or a video. There are no posts without one here.
          </Text>
        </div>
      ) : (
        <Carousel files={files} shape={shapeWithin(files[0]?.shape, look.shapes)} marks={details.marks} />
      )}
      <div className={classes['signs']} aria-hidden>
        <IconHeart size={22} stroke={1.7} />
        <IconMessageCircle size={22} stroke={1.7} />
        <IconRepeat size={22} stroke={1.7} />
        <IconSend size={22} stroke={1.7} />
        <IconBookmark size={22} stroke={1.7} />
      </div>
      <Written name={shown} text={sentText(content, channel.limits.text)} look={look} />
      {comment !== '' && (
        <div className={classes['comment']}>
          <span className={classes['caption']}>First comment</span>
          <Written name={shown} text={comment} look={look} />
        </div>
      )}
    </div>
  );
}

function Written({ name, text, look }: { name: string; text: string; look: GalleryLook }) {
  if (text.trim() === '') return null;
  return (
    <div className={classes['written']}>
      <FoldedText text={text} look={look} isLarge={false} by={name} />
    </div>
  );
}
