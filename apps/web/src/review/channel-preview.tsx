import { Anchor, Text, Title } from '@mantine/core';
import { type CSSProperties } from 'react';
import { EventPreview } from '../composer/previews/event-preview.js';
import { FeedPreview } from '../composer/previews/feed-preview.js';
import { lookOf } from '../composer/previews/looks.js';
import { PracticeMark } from '../ui/channel-label.js';
import { PlatformSign } from '../ui/platform-icon.js';
import { DueText } from './due-text.js';
import { previewItemOf } from './preview-item.js';
import { type ReviewChannel, reviewFile } from './queries.js';
import classes from './review.module.css';
import { VideoStatus } from './video-status.js';

interface ChannelPreviewProps {
  channel: ReviewChannel;
  /** Of the review link. */
  token: string;
  /** Where the channels go out at different times. */
  withDue: boolean;
}

/** The post as one channel will show it, with what cannot be seen there. */
export function ChannelPreview({ channel, token, withDue }: ChannelPreviewProps) {
  const { name, platform, practice, due, published, settings } = channel;
  const item = previewItemOf(channel);
  const look = lookOf(platform.id);
  return (
    <li style={{ '--network': platform.appearance.color } as CSSProperties}>
      <div className={classes['channel']}>
        <PlatformSign name={platform.name} appearance={platform.appearance} size={22} />
        <Title order={2} size="sm">
          {name}
        </Title>
        {practice && <PracticeMark />}
        <Text size="sm" c="dimmed" component="div" className={classes['channelEnd'] ?? ''}>
          {published ? (
            <Published {...published} name={name} />
          ) : (
            withDue && (due ? <DueText {...due} /> : 'Not scheduled yet')
          )}
        </Text>
      </div>
      <div className={classes['stage']} role="group" aria-label={`Preview: ${name}`}>
        {look.family === 'event' ? <EventPreview item={item} /> : <FeedPreview item={item} look={look} />}
      </div>
      {/* An event is data: nothing is played in it. */}
      {look.family !== 'event' && <VideoStatus channel={channel} />}
      <Documents channel={channel} token={token} />
      <MediaChanges channel={channel} />
      {typeof published?.note === 'string' && <Text size="sm">{published.note}</Text>}
      {settings.length > 0 && (
        <dl className={classes['settings']}>
          {settings.map(({ name: key, label, shown }) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>{shown}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** Of a document a preview shows the first page alone: all of it is a step away. */
function Documents({ channel: { segments }, token }: { channel: ReviewChannel; token: string }) {
  const documents = segments.flatMap(({ media }) => media.filter(({ kind }) => kind === 'document'));
  return documents.map(({ id, filename = 'document' }) => (
    <Anchor key={id} href={reviewFile(token, id)} download={filename} size="sm">
      Download {filename}
    </Anchor>
  ));
}

/** What is changed of the files for this channel, in words; nothing where all go out as they are. */
function MediaChanges({ channel: { segments } }: { channel: ReviewChannel }) {
  const changes = [...new Set(segments.flatMap(({ media }) => media.flatMap((file) => file.changes)))];
  if (changes.length === 0) return null;
  return (
    <div className={classes['changes']}>
      <Text size="xs" fw={550}>
        Made to fit the network
      </Text>
      <ul>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </div>
  );
}

function Published({ permalink, name }: { permalink: string | null; name: string }) {
  if (permalink === null) return 'Published';
  return (
    <Anchor href={permalink} target="_blank" rel="noreferrer" size="sm">
      Published: see it<span className="visually-hidden"> on {name}</span>
    </Anchor>
  );
}
