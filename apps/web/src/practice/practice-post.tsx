import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { type Schema } from '../api/client.js';
import { platformsQuery } from '../api/queries.js';
import { PracticeMark } from '../ui/channel-label.js';
import { TextLink } from '../ui/links.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { TimeText } from '../ui/time-text.js';
import classes from './practice.module.css';

/** A post as its practice network shows it. */
export function PracticePost({ post }: { post: Schema<'PracticePostDto'> }) {
  const heading = useId();
  const { data: platforms = [] } = useQuery(platformsQuery);
  const network = platforms.find(({ id }) => id === post.platform)?.name ?? post.platform;
  return (
    <Card component="article" aria-labelledby={heading} data-platform={post.platform}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap">
          <PlatformIcon platform={post.platform} size={36} />
          <div className={classes['account']}>
            <Group gap="xs" wrap="nowrap">
              <Title order={2} size="sm" id={heading} className={classes['name'] ?? ''}>
                {post.accountName}
              </Title>
              <PracticeMark />
            </Group>
            <Text size="xs" c="dimmed">
              {network}, <TimeText at={post.at} />
            </Text>
          </div>
        </Group>
        {post.text !== '' && (
          <Text className={classes['text']} dir="auto">
            {post.text}
          </Text>
        )}
        {post.link !== undefined && <PostLink link={post.link} />}
        {post.media.length > 0 && <Pictures media={post.media} />}
        <Group gap="md">
          <Anchor href={post.permalink} target="_blank" rel="noreferrer" size="sm" className={classes['action'] ?? ''}>
            <Group component="span" gap={4} display="inline-flex">
              See it on the practice network
              <IconExternalLink size={14} aria-hidden />
            </Group>
          </Anchor>
          <TextLink
            to="/w/$workspaceId/posts/$postId"
            params={{ workspaceId: post.workspaceId, postId: post.postId }}
            size="sm"
            className={classes['action'] ?? ''}
          >
            How it got there
          </TextLink>
        </Group>
      </Stack>
    </Card>
  );
}

/** Only web addresses lead anywhere. */
function PostLink({ link }: { link: string }) {
  if (!/^https?:\/\//i.test(link)) return <Text size="sm">{link}</Text>;
  return (
    <Anchor href={link} target="_blank" rel="noreferrer" size="sm" className={classes['link'] ?? ''}>
      {link}
    </Anchor>
  );
}

function Pictures({ media }: { media: Schema<'PracticeMediaDto'>[] }) {
  return (
    <div className={classes['pictures']} data-count={Math.min(media.length, 2)}>
      {media.map(({ url, contentType, altText = '' }, index) => (
        <figure key={`${url} ${index}`} className={classes['figure']}>
          {contentType.startsWith('video/') ? (
            <video
              className={classes['picture']}
              src={url}
              controls
              preload="metadata"
              playsInline
              aria-label={altText || `Video ${index + 1}`}
            />
          ) : (
            <img className={classes['picture']} src={url} alt={altText} loading="lazy" />
          )}
          <Text component="figcaption" size="xs" c="dimmed" mt={4}>
            {altText === '' ? 'Without a description' : `Described as “${altText}”`}
          </Text>
        </figure>
      ))}
    </div>
  );
}
