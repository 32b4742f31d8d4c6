import { Text } from '@mantine/core';
import { IconArrowUpRight, IconChevronDown } from '@tabler/icons-react';
import { Avatar, useNames } from './byline.js';
import { Carousel } from './carousel.js';
import { detailsOf } from './details.js';
import { FoldedText } from './folded-text.js';
import { type PinLook } from './look.js';
import classes from './pin.module.css';
import { type PreviewItem } from './preview-source.js';
import { hostOf } from './rich-text.js';
import { shapeWithin, ShownFile, useSeenFiles } from './shown-file.js';

/** A picture on a board, with what is seen when somebody opens it: its title, its text, whose it is and where it leads. */
export function PinPost({ item, look }: { item: PreviewItem; look: PinLook }) {
  const { channel, content } = item;
  const { name } = useNames(item);
  const details = detailsOf(look.details, content.settings);
  const files = useSeenFiles(content.media.slice(0, channel.limits.media.maxCount), channel.id, 0);
  const [first] = files;
  const shape = shapeWithin(first?.shape ?? 2 / 3, look.shapes);
  return (
    <div className={classes['pin']}>
      <div className={classes['top']}>
        <span className={classes['board']} data-open={details.board === undefined || undefined}>
          {details.board ?? 'No board yet'}
          <IconChevronDown size={14} aria-hidden />
        </span>
        <span className={classes['save']} aria-hidden>
          Save
        </span>
      </div>
      {first === undefined ? (
        <div className={classes['nothing']}>
          <Text size="sm" c="dimmed">
            Add an image or a video. There are no posts without one here.
          </Text>
        </div>
      ) : (
        <div className={classes['media']}>
          {files.length > 1 ? (
            <Carousel files={files} shape={shape} marks={[]} />
          ) : (
            <div className={classes['picture']} style={{ aspectRatio: shape }}>
              <ShownFile file={first} />
            </div>
          )}
          {content.link !== undefined && (
            <span className={classes['host']}>
              <IconArrowUpRight size={14} aria-label="Leads to" />
              {hostOf(content.link)}
            </span>
          )}
        </div>
      )}
      <div className={classes['words']}>
        {details.title !== undefined && <strong className={classes['title']}>{details.title}</strong>}
        <FoldedText text={content.text} look={look} isLarge={false} />
        <span className={classes['who']}>
          <Avatar name={name} />
          {name}
        </span>
      </div>
    </div>
  );
}
