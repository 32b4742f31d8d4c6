import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Channel, channelsQuery, type Media, mediaQuery, platformsQuery, type Post } from '../api/queries.js';
import { CommentedImage } from '../comments/commented-image.js';
import { CommentedText } from '../comments/commented-text.js';
import { type TextPart } from '../comments/places.js';
import { documentFacts } from '../composer/documents.js';
import { choicesInWords } from '../media/choices.js';
import { durationInWords, momentInWords } from '../media/words.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { TimeText } from '../ui/time-text.js';
import { MediaPart } from './media-part.js';
import classes from './posts.module.css';
import { SettingsFacts } from './settings-facts.js';

type Target = Post['channels'][number];
type Attached = Post['media'][number];

/** What was written, and what differs on which channel. */
export function Written({ post }: { post: Post }) {
  const { content, media } = post;
  const { data: channels = [] } = useQuery(channelsQuery(post.workspaceId));
  const different = post.channels.filter(differs);
  return (
    // A long one scrolls in its place beside the story: by keyboard too.
    <Card component="section" aria-labelledby="written" tabIndex={0}>
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h3" id="written">
            What was written
          </Title>
          <Text size="xs" c="dimmed">
            Revision {post.revision}
          </Text>
        </Group>
        <Content post={post} channelId={null} part={0} text={content.text} link={content.link} media={media} />
        <Following post={post} channelId={null} content={content} />
        {different.map((target) => (
          <Override key={target.id} post={post} target={target} channel={channels.find(({ id }) => id === target.id)} />
        ))}
        <MediaPart post={post} channels={channels} />
        <Text size="xs" c="dimmed">
          Written <TimeText at={post.createdAt} />
          {post.updatedAt !== post.createdAt && (
            <>
              , changed <TimeText at={post.updatedAt} />
            </>
          )}
        </Text>
      </Stack>
    </Card>
  );
}

function differs({ content, media, settings }: Target): boolean {
  const ownText = content !== undefined && Object.keys(content).length > 0;
  return ownText || media !== undefined || Object.keys(settings ?? {}).length > 0;
}

/** One channel's own text, link, images and settings. */
function Override({ post, target, channel }: { post: Post; target: Target; channel: Channel | undefined }) {
  const { id: channelId, content, media, settings = {} } = target;
  const name = channel?.name ?? 'A channel that is gone';
  const { data: platforms = [] } = useQuery(platformsQuery);
  const network = platforms.find((platform) => platform.id === channel?.platform)?.name;
  return (
    <section
      className={classes['override']}
      aria-label={`Only on ${name}${network === undefined ? '' : ` (${network})`}`}
    >
      <Stack gap="sm">
        <Group gap="xs" justify="space-between" wrap="nowrap">
          {channel ? <ChannelLabel channel={channel} /> : <Text size="sm">{name}</Text>}
          <Badge variant="light" tt="none" radius="sm" size="sm" color="gray" c="inherit">
            Differs here
          </Badge>
        </Group>
        <Content
          post={post}
          channelId={channelId}
          part={0}
          text={content?.text}
          link={content?.link === '' ? undefined : content?.link}
          media={media ?? []}
        />
        <Following post={post} channelId={channelId} content={content ?? {}} />
        {content?.link === '' && (
          <Text size="sm" c="dimmed">
            Without the link.
          </Text>
        )}
        {media?.length === 0 && (
          <Text size="sm" c="dimmed">
            Without images or videos.
          </Text>
        )}
        {content?.thread?.length === 0 && (
          <Text size="sm" c="dimmed">
            Without the thread.
          </Text>
        )}
        {content?.firstComment?.text === '' && (
          <Text size="sm" c="dimmed">
            Without the first comment.
          </Text>
        )}
        {channel && <SettingsFacts platform={channel.platform} settings={settings} />}
      </Stack>
    </section>
  );
}

/** Where a text of the post stands. */
interface Where {
  post: Post;
  /** Null for what is written for all channels. */
  channelId: string | null;
}

interface ContentProps extends Where {
  part: TextPart;
  text: string | undefined;
  link: string | undefined;
  media: readonly Attached[];
}

function Content({ post, channelId, part, text, link, media }: ContentProps) {
  return (
    <>
      {text !== undefined && text !== '' && (
        <CommentedText
          text={text}
          revision={post.revision}
          channelId={channelId}
          part={part}
          elsewhere={channelId === null ? withOwn(post, part) : []}
          label={nameOf(part)}
        />
      )}
      {link !== undefined && <LinkLine link={link} />}
      {media.length > 0 && (
        <div className={classes['images']}>
          {media.map((item) => (
            <Picture key={item.id} post={post} item={item} />
          ))}
        </div>
      )}
    </>
  );
}

/** The parts of a thread after the post itself, and the first comment. */
function Following({ content, ...where }: Where & { content: Pick<Post['content'], 'thread' | 'firstComment'> }) {
  const { thread = [], firstComment } = content;
  const parts = thread.map(({ text, media = [] }, index) => ({
    ...{ name: `Part ${index + 2} of the thread`, text, media },
    part: index + 1,
  }));
  const comment =
    firstComment && firstComment.text !== ''
      ? [{ name: 'First comment', ...firstComment, media: [], part: 'comment' as const }]
      : [];
  return [...parts, ...comment].map(({ name, text, media, part }) => (
    <section key={name} aria-label={name}>
      <Text size="xs" c="dimmed" fw={550} mb={4}>
        {name}
      </Text>
      <Content {...where} part={part} text={text} link={undefined} media={media} />
    </section>
  ));
}

/** What a text is called in a sentence. */
function nameOf(part: TextPart): string {
  if (part === 'comment') return 'the first comment';
  return part === 0 ? 'the text' : `part ${part + 1}`;
}

/** The channels that have a text of their own in the place of this one. */
function withOwn({ channels }: Post, part: TextPart): string[] {
  const own = part === 'comment' ? 'firstComment' : part === 0 ? 'text' : 'thread';
  return channels.filter(({ content }) => content?.[own] !== undefined).map(({ id }) => id);
}

/** A link as it was written; only web addresses lead anywhere. */
function LinkLine({ link }: { link: string }) {
  if (!/^https?:\/\//i.test(link)) return <Text size="sm">{link}</Text>;
  return (
    <Anchor href={link} target="_blank" rel="noreferrer" size="sm" className={classes['text'] ?? ''}>
      {link}
    </Anchor>
  );
}

/** Not every document has a first page to be shown. */
function isPictured(media: Media | undefined): boolean {
  return media?.kind !== 'document' || media.facts.picture;
}

function describedInWords(altText: string): string {
  return altText === '' ? 'Without a description' : `Described as “${altText}”`;
}

function Picture({ post, item }: { post: Post; item: Attached }) {
  const { data } = useQuery(mediaQuery(item.id));
  const altText = item.altText ?? data?.altText ?? '';
  const chosen = choicesInWords(item, { moment: momentInWords });
  return (
    <figure className={classes['figure']}>
      <CommentedImage post={post} mediaId={item.id} altText={altText}>
        {isPictured(data) ? (
          <img
            src={`/v1/media/${item.id}/content?width=400`}
            alt={altText}
            width={data?.width || undefined}
            height={data?.height || undefined}
            loading="lazy"
          />
        ) : (
          <IconFileText size={48} stroke={1.2} aria-hidden />
        )}
      </CommentedImage>
      <Text component="figcaption" size="xs" c="dimmed" mt={4}>
        {data?.kind === 'video' && `Video, ${durationInWords(data.durationMs ?? 0)}. `}
        {data?.kind === 'document' ? `${data.filename}, ${documentFacts(data)}` : describedInWords(altText)}
      </Text>
      {chosen !== '' && (
        <Text size="xs" c="dimmed">
          {chosen}
        </Text>
      )}
    </figure>
  );
}
