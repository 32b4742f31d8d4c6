import '@mantine/dates/styles.layer.css';
import { IconPencilOff } from '@tabler/icons-react';
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useMay, useMe, useWorkspace } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { EditPost } from './edit-post.js';
import { LocalDrafts } from './local-drafts.js';
import { NewPost } from './new-post.js';

/** One sitting at the editor: it stays the same when a new post gets its address. */
interface Sitting {
  key: number;
  workspaceId: string;
  /** What the address says. */
  postId: string | undefined;
  /** The post that this sitting's new one became. */
  createdAs: string | undefined;
}

/** Where posts are written: `/compose` for a new one, `/compose/<id>` for one that there is. */
export function ComposerScreen() {
  return useMay('posts.write') ? <Composing /> : <NotYours />;
}

function NotYours() {
  const { id, name } = useWorkspace();
  return (
    <Page title="Write a post">
      <EmptyState
        icon={IconPencilOff}
        title="Your role does not write here"
        action={
          <LinkButton variant="default" to="/w/$workspaceId/calendar" params={{ workspaceId: id }}>
            Look at the calendar
          </LinkButton>
        }
      >
        You see everything in {name}. To write in it, ask whoever manages the members for the role of an author.
      </EmptyState>
    </Page>
  );
}

function Composing() {
  const workspace = useWorkspace();
  const { user } = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const { postId } = useParams({ strict: false });
  const { at } = useSearch({ strict: false });
  const [sitting, setSitting] = useState<Sitting>({ key: 0, workspaceId: workspace.id, postId, createdAs: undefined });
  const store = useMemo(() => new LocalDrafts(localStorage, user.id, workspace.id), [user.id, workspace.id]);
  const [began, setBegan] = useState(postId);

  const isMoved = sitting.postId !== postId || sitting.workspaceId !== workspace.id;
  if (isMoved) {
    const isSame = sitting.workspaceId === workspace.id && postId !== undefined && postId === sitting.createdAs;
    setSitting(
      isSame
        ? { ...sitting, postId }
        : { key: sitting.key + 1, workspaceId: workspace.id, postId, createdAs: undefined },
    );
    if (!isSame) setBegan(postId);
  }

  const startOver = () => {
    const params = { workspaceId: workspace.id };
    // Another address is another sitting.
    if (postId !== undefined) void navigate({ to: '/w/$workspaceId/compose', params });
    else setSitting({ key: sitting.key + 1, workspaceId: workspace.id, postId, createdAs: undefined });
  };
  const created = (id: string) => {
    setSitting((now) => ({ ...now, createdAs: id }));
    // Whoever left while it was saved is not called back.
    if (!router.latestLocation.pathname.startsWith(`/w/${workspace.id}/compose`)) return;
    const params = { workspaceId: workspace.id, postId: id };
    void navigate({ to: '/w/$workspaceId/compose/$postId', params, replace: true, resetScroll: false });
  };
  if (began !== undefined) return <EditPost key={sitting.key} postId={began} store={store} onCreated={created} />;
  return (
    <NewPost
      key={sitting.key}
      store={store}
      at={at}
      createdAs={sitting.createdAs}
      onCreated={created}
      onStartOver={startOver}
    />
  );
}
