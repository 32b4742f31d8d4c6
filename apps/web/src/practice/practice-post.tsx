import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { platformsQuery } from '../api/queries.js';
import { Poll } from '../composer/previews/beside-text.js';
import { authorsInWords } from '../composer/previews/byline.js';
import { PracticeMark } from '../ui/channel-label.js';
import { TextLink } from '../ui/links.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { TimeText } from '../ui/time-text.js';
import { Hidden, PracticeFiles } from './practice-files.js';
import classes from './practice.module.css';
import { type PracticePost, type PracticeThread } from './threads.js';

/** A post as its practice network shows it, with the further parts of its thread and its comments below. */
export function PracticeCard({ thread: { post, replies } }: { thread: PracticeThread }) {
  const heading = useId();
  const { data: platforms = [] } = useQuery(platformsQuery);
  const network = platforms.find(({ id }) => id === post.platform)?.name ?? post.platform;
  const { format, location, topic } = post.look;
  const facts = [network, format, location].filter((fact) => fact !== undefined);
  return (
    <Card component="article" aria-labelledby={heading} data-platform={post.platform}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap">
          <PlatformIcon platform={post.platform} size={36} />
          <div className={classes['account']}>
            <Group gap="xs" wrap="nowrap">
              <Title order={2} size="sm" id={heading} className={classes['name'] ?? ''}>
                {authorsInWords(post.accountName, post.look)}
                {topic !== undefined && <span className={classes['topic']}> › {topic}</span>}
              </Title>
              <PracticeMark />
            </Group>
            <Text size="xs" c="dimmed">
              {facts.join(' · ')}, <TimeText at={post.at} />
            </Text>
          </div>
        </Group>
        {post.replyTo !== undefined && (
          <Text size="xs" c="dimmed">
            It answers a post that is not shown here.
          </Text>
        )}
        <Said post={post} />
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
        {replies.length > 0 && (
          <ol className={classes['replies']} aria-label="Below it">
            {replies.map((reply) => (
              <li key={reply.id}>
                <Text size="xs" c="dimmed">
                  <strong>{reply.accountName}</strong>, <TimeText at={reply.at} />
                </Text>
                <Said post={reply} />
              </li>
            ))}
          </ol>
        )}
      </Stack>
    </Card>
  );
}

/** What a content warning hides is shown when somebody opens it. */
function Said({ post }: { post: PracticePost }) {
  const { warning, facts } = post.look;
  return (
    <>
      {warning === undefined ? (
        <Laid post={post} />
      ) : (
        <Hidden behind={warning}>
          <Laid post={post} />
        </Hidden>
      )}
      {facts.length > 0 && (
        <ul className={classes['facts']}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The text, the files and what else a post has, as its network lays them. */
function Laid({ post }: { post: PracticePost }) {
  const { text, link, look } = post;
  const written = text !== '' && (
    <Text className={classes['text']} dir="auto">
      {text}
    </Text>
  );
  const title = look.title !== undefined && <Text fw={600}>{look.title}</Text>;
  switch (look.arrangement) {
    case 'tall':
      return (
        <div className={classes['screen']}>
          <PracticeFiles post={post} />
          {title}
          {written}
        </div>
      );
    case 'gallery':
      return (
        <>
          <PracticeFiles post={post} />
          {title}
          {written}
          {link !== undefined && <PostLink link={link} />}
        </>
      );
    case 'feed': {
      // The title of a poll is its question, that of a document stands above its pages.
      const isPoll = look.poll.length > 0;
      const isDocument = post.media.some(({ contentType }) => contentType.startsWith('application/'));
      return (
        <>
          {written}
          {isPoll && <Poll options={look.poll} question={look.title} />}
          {link !== undefined && <PostLink link={link} />}
          {isDocument && title}
          <PracticeFiles post={post} />
          {!isPoll && !isDocument && title}
        </>
      );
    }
  }
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
