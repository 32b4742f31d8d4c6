import { Text } from '@mantine/core';
import { IconCalendarEvent, IconMapPin, IconTag } from '@tabler/icons-react';
import { sentText } from '#platforms/core';
import { Avatar, useNames } from './byline.js';
import { type Details, detailsOf } from './details.js';
import { FoldedText } from './folded-text.js';
import { type PlaceLook } from './look.js';
import classes from './place.module.css';
import { type PreviewItem } from './preview-source.js';
import { hostOf } from './rich-text.js';
import { ShownFile, useSeenFiles } from './shown-file.js';

/** What a place tells on the map and in search. */
export function PlacePost({ item, look }: { item: PreviewItem; look: PlaceLook }) {
  const { channel, content } = item;
  const { name } = useNames(item);
  const details = detailsOf(look.details, content.settings);
  const [file] = useSeenFiles(content.media.slice(0, 1), channel.id, 0);
  const text = sentText(content, channel.limits.text);
  const isTitled = look.details.title !== undefined;
  return (
    <div className={classes['post']}>
      <div className={classes['who']}>
        <Avatar name={name} />
        <span>
          <strong>{name}</strong>
          {channel.handle !== null && (
            <span className={classes['where']}>
              <IconMapPin size={13} aria-hidden /> {channel.handle}
            </span>
          )}
        </span>
      </div>
      {file && (
        <div className={classes['picture']}>
          <ShownFile file={file} />
        </div>
      )}
      {isTitled && (
        <strong className={classes['title']} data-open={details.title === undefined || undefined}>
          {details.title ?? 'No title yet'}
        </strong>
      )}
      {look.details.period && (
        <span className={classes['fact']}>
          <IconCalendarEvent size={15} aria-hidden /> {details.period ?? 'No days yet'}
        </span>
      )}
      {text.trim() === '' ? (
        <Text size="sm" c="dimmed">
          Nothing is written yet.
        </Text>
      ) : (
        <FoldedText text={text} look={look} isLarge={false} />
      )}
      {details.offer && <Offer offer={details.offer} />}
      {details.button !== undefined && <Button words={details.button} address={content.link} />}
    </div>
  );
}

function Offer({ offer: { code, redeem, terms } }: { offer: NonNullable<Details['offer']> }) {
  return (
    <>
      {code !== undefined && (
        <span className={classes['code']}>
          <IconTag size={15} aria-label="Coupon code:" /> {code}
        </span>
      )}
      {redeem !== undefined && <Button words="Redeem online" address={redeem} />}
      {terms !== undefined && (
        <details className={classes['terms']}>
          <summary>Terms and conditions</summary>
          {terms}
        </details>
      )}
    </>
  );
}

function Button({ words, address }: { words: string; address: string | undefined }) {
  return (
    <span className={classes['action']}>
      <span className={classes['button']}>{words}</span>
      {address !== undefined && <span className={classes['host']}>{hostOf(address)}</span>}
    </span>
  );
}
