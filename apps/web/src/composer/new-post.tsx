import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { channelsQuery, postQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { formatDateTime } from '../ui/dates.js';
import { LinkButton } from '../ui/links.js';
import { notifyDone } from '../ui/notify.js';
import { deviceZone, useDisplayZone } from '../ui/zone.js';
import { Composer } from './composer.js';
import { ComposerSkeleton } from './composer-skeleton.js';
import { excerptOf } from './excerpt.js';
import { changeDraft, type Draft, emptyDraft } from './draft.js';
import { type LocalDrafts } from './local-drafts.js';
import { claimNewDraft, lastChannels, type NewDraft, putAside } from './new-draft.js';
import { ResumedNotice } from './notices.js';
import { forgetUnfinished, lastUnfinished } from './unfinished.js';
import { readLocal } from './zoned-time.js';

interface NewPostProps {
  store: LocalDrafts;
  /** A day or time that was chosen on the calendar. */
  at: string | undefined;
  /** The post that it became when it was first saved. */
  createdAs: string | undefined;
  onCreated: (postId: string) => void;
  onStartOver: () => void;
}

/** A new post; what was left unsaved before is taken up again. */
export function NewPost({ store, at, createdAs, onCreated, onStartOver }: NewPostProps) {
  const workspace = useWorkspace();
  const zone = useDisplayZone(workspace.timeZone);
  const channels = useQuery(channelsQuery(workspace.id));
  const [begun, setBegun] = useState<{ claimed: NewDraft; unfinished: string | undefined }>();
  const post = useQuery({ ...postQuery(createdAs ?? ''), enabled: createdAs !== undefined });
  useEffect(() => {
    let gone = false;
    void claimNewDraft(store).then((claimed) => {
      if (!gone) setBegun({ claimed, unfinished: claimed.kept ? undefined : lastUnfinished(workspace.id) });
    });
    return () => {
      gone = true;
    };
  }, [store, workspace.id]);
  // Writing goes on while the channels cannot be read; they are only not preselected then.
  if (!begun || channels.isPending) return <ComposerSkeleton title="New post" />;

  const { claimed, unfinished } = begun;
  const known = (channels.data ?? []).map(({ id }) => id);
  const begin = (): Draft => {
    const draft =
      claimed.kept?.draft ??
      changeDraft(emptyDraft(workspace.timeZone), {
        type: 'choose-channels',
        channelIds: preselected(workspace.id, known),
      });
    const local = at === undefined ? undefined : readLocal(at);
    return local === undefined ? draft : changeDraft(draft, { type: 'schedule', change: { kind: 'at', local, zone } });
  };
  return (
    <Composer
      opening={{ draft: begin(), resumed: claimed.kept !== undefined }}
      store={store}
      newId={claimed.id}
      pending={claimed.kept?.pending}
      post={post.data?.data}
      onCreated={onCreated}
      notice={
        claimed.kept ? (
          <Resumed
            at={claimed.kept.at}
            onStartOver={() => {
              putAside(claimed.id);
              forgetUnfinished(workspace.id);
              notifyDone('What you wrote before is kept among the drafts.');
              onStartOver();
            }}
          />
        ) : (
          createdAs === undefined && unfinished && <Offer postId={unfinished} />
        )
      }
    />
  );
}

/** One channel is meant; several are those of last time. */
function preselected(workspaceId: string, known: readonly string[]): string[] {
  if (known.length === 1) return [...known];
  return lastChannels(workspaceId).filter((id) => known.includes(id));
}

function Resumed({ at, onStartOver }: { at: number; onStartOver: () => void }) {
  return (
    <ResumedNotice
      actions={
        <Button size="xs" variant="default" onClick={onStartOver}>
          Start over
        </Button>
      }
    >
      This is what you wrote before, kept on this device since {formatDateTime(new Date(at).toISOString(), deviceZone)}.
    </ResumedNotice>
  );
}

function Offer({ postId }: { postId: string }) {
  const workspace = useWorkspace();
  const [isDismissed, setDismissed] = useState(false);
  const { data, isError } = useQuery(postQuery(postId));
  // It may have been scheduled or deleted elsewhere.
  const isOpen = data?.data.publications.every(({ state }) => state === 'cancelled') && !isError;
  if (isDismissed || !data || !isOpen) return null;
  const excerpt = excerptOf(data.data.content.text);
  return (
    <ResumedNotice
      actions={
        <>
          <LinkButton size="xs" to="/w/$workspaceId/compose/$postId" params={{ workspaceId: workspace.id, postId }}>
            Continue writing
          </LinkButton>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              forgetUnfinished(workspace.id);
              setDismissed(true);
            }}
          >
            Not now
          </Button>
        </>
      }
    >
      You were writing a post{excerpt === '' ? '' : `: “${excerpt}”`}. It is among the drafts.
    </ResumedNotice>
  );
}
