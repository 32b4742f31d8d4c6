import { Button, Card, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { type Schema } from '../api/client.js';
import { CommentForm } from '../comments/comment-form.js';
import { CommentThread } from '../comments/comment-thread.js';
import commentClasses from '../comments/comments.module.css';
import { numbersOf } from '../comments/places.js';
import { type Review, reviewImage } from './queries.js';
import { PlaceChooser } from './place-chooser.js';
import { filesInWords, imagesOf } from './review-places.js';
import { useSay } from './use-say.js';

type NewAnchor = Schema<'NewAnchorDto'>;

interface ReviewCommentsProps {
  token: string;
  review: Pick<Review, 'comments' | 'post' | 'workspace'>;
}

/** What the client and the workspace say to each other about the post. */
export function ReviewComments({ token, review: { comments, post, workspace } }: ReviewCommentsProps) {
  const say = useSay(token);
  const [place, setPlace] = useState<NewAnchor>();
  const [active, setActive] = useState<string>();
  const numbers = numbersOf(comments);
  const actions = { attachmentAddress: (id: string) => reviewImage(token, id, 800) };
  return (
    <Card component="section" aria-label="Comments" maw={576}>
      <Stack gap="md">
        <Title order={2} size="h3">
          Comments
        </Title>
        {comments.length === 0 && (
          <Text size="sm" c="dimmed">
            Nobody has said anything yet. What you write here is read by {workspace}.
          </Text>
        )}
        {comments.length > 0 && (
          <ul className={commentClasses['threads']} aria-label="Threads">
            {comments.map((thread) => (
              <CommentThread
                key={thread.id}
                id={`comment-${thread.id}`}
                thread={thread}
                actions={actions}
                number={numbers.get(thread.id)}
                active={thread.id === active}
                replyForm={(close) => (
                  <CommentForm
                    label={`Your answer to ${thread.author.name}`}
                    send="Answer"
                    autoFocus
                    onCancel={close}
                    onSend={({ text }) => say({ text, parentId: thread.id }).then(close)}
                  />
                )}
              />
            ))}
          </ul>
        )}
        <Places
          {...{ token, post, comments, active, place }}
          onActivate={(id) => {
            setActive(id);
            document.getElementById(`comment-${id}`)?.focus();
          }}
          onChoose={setPlace}
        />
        <CommentForm
          label="Your comment"
          onSend={({ text }) => say({ text, ...(place && { anchor: place }) }).then(() => setPlace(undefined))}
          about={place && <About place={place} post={post} onDrop={() => setPlace(undefined)} />}
        />
      </Stack>
    </Card>
  );
}

type PlacesProps = Parameters<typeof PlaceChooser>[0];

/** Folded, since most say something about the post as a whole. */
function Places(props: PlacesProps) {
  const [open, setOpen] = useState(false);
  const Sign = open ? IconChevronUp : IconChevronDown;
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        aria-expanded={open}
        rightSection={<Sign size={15} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {placesInWords(filesInWords(props.post))}
      </Button>
      {open && <PlaceChooser {...props} />}
    </div>
  );
}

/** `Comment on a place in the text, an image or a video` */
function placesInWords(files: string | undefined): string {
  if (files === undefined) return 'Comment on a place in the text';
  return `Comment on a place in the text${files.includes(' or ') ? ',' : ' or'} ${files}`;
}

interface AboutProps {
  place: NewAnchor;
  post: Review['post'];
  onDrop: () => void;
}

function About({ place, post, onDrop }: AboutProps) {
  const file = imagesOf(post).find(({ id }) => id === place.mediaId);
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
      <div>
        <Text size="xs" c="dimmed" mb={2}>
          About
        </Text>
        {place.type === 'text' ? (
          <blockquote className={commentClasses['quote']}>{place.quote}</blockquote>
        ) : (
          <Text size="sm">the point that you chose in the {file?.kind === 'video' ? 'video' : 'image'}</Text>
        )}
      </div>
      <CloseButton size="lg" aria-label="Comment on the post as a whole" onClick={onDrop} />
    </Group>
  );
}
