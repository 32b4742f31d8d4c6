import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { type Channel, channelsQuery, platformsQuery, type Post } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { Page } from '../ui/page.js';
import { ActionBar, verbOf } from './action-bar.js';
import { ChannelPicker } from './channel-picker.js';
import classes from './composer.module.css';
import { CalmProvider, ComposerProvider, type ComposerState, type Platform } from './context.js';
import { ContentTabs } from './content-tabs.js';
import { DeleteDraft } from './delete-draft.js';
import { changeDraft } from './draft.js';
import { DropZone } from './drop-zone.js';
import { isMissing } from './findings.js';
import { type LocalDrafts, type PendingCreate } from './local-drafts.js';
import { ConflictNotice } from './notices.js';
import { type Opening } from './opening.js';
import { contentOf, draftOf, scheduleOf } from './post-body.js';
import { PostNotice } from './post-notice.js';
import { PreviewList } from './previews/preview-list.js';
import { SaveStatus } from './save-status.js';
import { SchedulePart } from './schedule-part.js';
import { SubmitProblem } from './submit-problem.js';
import { rememberUnfinished } from './unfinished.js';
import { TermsAhead } from './terms-part.js';
import { useKeeper } from './use-keeper.js';
import { useLeaving } from '../ui/use-leaving.js';
import { useNow } from './use-now.js';
import { usePreflight } from './use-preflight.js';
import { useSelected } from './use-selected.js';
import { useSubmit } from './use-submit.js';
import { useUploads } from './use-uploads.js';

interface ComposerProps {
  opening: Opening;
  store: LocalDrafts;
  /** The name under which it is kept while the server does not know it. */
  newId: string;
  pending?: PendingCreate | undefined;
  /** As it stands on the server; undefined while it is new. */
  post?: Post | undefined;
  onCreated: (postId: string) => void;
  /** What is to be said first: that something was resumed. */
  notice?: ReactNode;
}

/** Writing a post: once for all, differently where it has to be, seen as each network shows it. */
export function Composer({ opening, store, newId, pending, post, onCreated, notice }: ComposerProps) {
  const workspace = useWorkspace();
  const { data: channels = NO_CHANNELS } = useQuery(channelsQuery(workspace.id));
  const { data: platforms = NO_PLATFORMS } = useQuery(platformsQuery);
  const [draft, dispatch] = useReducer(changeDraft, opening.draft);
  const latest = useLatest(draft);
  const [tab, setTab] = useState<string>();
  const [view, setView] = useState<'write' | 'preview'>('write');
  const keeperInput = { workspaceId: workspace.id, store, newId, opening, pending, onCreated };
  const { keeper, status } = useKeeper(keeperInput, draft);
  const isScheduled = keeper.current?.isDraft === false;

  const uploads = useUploads(workspace.id, ({ id, altText }, message, before) =>
    dispatch({ type: 'add-media', item: { id, altText: altText ?? '' }, before, ...message }),
  );
  const isTimeChanged = useTimeChanged(opening, draft.schedule, isScheduled);
  const body = useMemo(() => ({ ...contentOf(draft), schedule: null }), [draft]);
  const preflight = usePreflight(workspace.id, body);
  const out = useOut(post);
  const { selected, findings, sureFindings } = useSelected({
    draft,
    channels,
    platforms,
    preflight: preflight.findings,
    isKnown: preflight.isKnown,
    out,
    now: useNow(),
    isTimeSettled: isScheduled && !isTimeChanged,
  });
  const isNotYet = draft.schedule.kind === 'draft';
  const blocking = isNotYet ? [] : findings;
  // What the server found may be a moment old: then it is asked by the attempt itself.
  const stopping = isNotYet ? [] : preflight.isKnown ? findings : sureFindings;
  const submit = useSubmit({ keeper, draft, blocking: stopping, uploads, setTab, setView, ...sending() });
  useLeaving(() => keeper.isAtRisk);

  // Whoever goes away in the middle is offered to go on.
  const isUnfinished = status.kind === 'saved' && keeper.current?.isDraft === true && !isNotYet && !submit.isBusy;
  useEffect(() => {
    if (isUnfinished && keeper.current) rememberUnfinished(workspace.id, keeper.current.postId);
  }, [isUnfinished, keeper, workspace.id]);

  // A channel that was taken out has no tab any more.
  useEffect(() => {
    if (tab !== undefined && !draft.channels.some(({ id }) => id === tab)) setTab(undefined);
  }, [tab, draft.channels]);

  function sending() {
    return { schedule: isScheduled && !isTimeChanged ? undefined : scheduleOf(draft), isScheduled };
  }

  const { plans, costs, notices } = preflight;
  const { isTried } = submit;
  const state = useMemo((): ComposerState => {
    const visible = isTried ? findings : findings.filter((finding) => !isMissing(finding));
    const shown = selected.map((item) => ({ ...item, findings: item.findings.filter((one) => visible.includes(one)) }));
    return {
      ...{ workspace, draft, latest, dispatch, channels, selected: shown, findings: visible, tab, setTab, uploads },
      ...{ plans, costs, notices },
    };
  }, [workspace, draft, latest, channels, selected, findings, isTried, tab, uploads, plans, costs, notices]);
  return (
    <Shared state={state}>
      <Page
        title={titleOf(opening)}
        maxWidth={1440}
        actions={
          <>
            <SaveStatus status={status} />
            {keeper.current && <DeleteDraft keeper={keeper} isScheduled={isScheduled} />}
          </>
        }
      >
        {notice}
        <ConflictNotice
          status={status}
          onKeepMine={() => keeper.keepMine()}
          onSaveAsNew={() => keeper.saveAsNew()}
          onTakeTheirs={() => {
            if (status.kind !== 'conflict') return;
            const theirs = draftOf(status.theirs.data, draft.schedule.zone);
            const next = isScheduled ? theirs : { ...theirs, schedule: draft.schedule };
            keeper.takeTheirs(next);
            dispatch({ type: 'replace', draft: next });
          }}
        />
        {post && <PostNotice post={post} channels={channels} isScheduled={isScheduled} />}
        <SegmentedControl
          className={classes['viewSwitch'] ?? ''}
          fullWidth
          aria-label="View"
          data={[
            { value: 'write', label: 'Write' },
            { value: 'preview', label: 'Preview' },
          ]}
          value={view}
          onChange={(value) => setView(value === 'preview' ? 'preview' : 'write')}
        />
        <div
          className={classes['layout']}
          data-view={view}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void submit.run();
          }}
        >
          <div className={classes['editor']}>
            <DropZone>
              <ChannelPicker />
              <TermsAhead />
              <ContentTabs />
            </DropZone>
            <div className={classes['foot']}>
              <SchedulePart isScheduled={isScheduled} />
              <SubmitProblem error={submit.error} isShown={blocking.length > 0} postId={keeper.current?.postId} />
              <ActionBar
                blocking={blocking.filter((one) => state.findings.includes(one))}
                verb={verbOf(draft.schedule, isScheduled, isTimeChanged)}
                isBusy={submit.isBusy}
                onSubmit={() => void submit.run()}
                onProblem={submit.toProblem}
              />
            </div>
          </div>
          <PreviewList />
        </div>
      </Page>
    </Shared>
  );
}

/** Hands the state to the parts: to inputs at once, to what only shows it when there is time. */
function Shared({ state, children }: { state: ComposerState; children: ReactNode }) {
  return (
    <ComposerProvider value={state}>
      <CalmProvider value={useDeferredValue(state)}>{children}</CalmProvider>
    </ComposerProvider>
  );
}

const NO_CHANNELS: readonly Channel[] = [];
const NO_PLATFORMS: readonly Platform[] = [];

/** Reads a value as it is at the moment of the call. */
function useLatest<T>(value: T): () => T {
  const ref = useRef(value);
  useEffect(() => {
    ref.current = value;
  }, [value]);
  return useCallback(() => ref.current, []);
}

/** It stays what it was at the beginning, also when a new post becomes a draft on the way. */
function titleOf({ base }: Opening): string {
  if (!base) return 'New post';
  return base.isDraft ? 'Edit draft' : 'Edit post';
}

/** Whether the time is another one than that at which it is scheduled already. */
function useTimeChanged(
  { draft: { schedule: first } }: Opening,
  { kind, local, zone }: Opening['draft']['schedule'],
  isScheduled: boolean,
): boolean {
  const [begun] = useState(first);
  if (!isScheduled || begun.kind === 'now') return true;
  return kind !== 'at' || local !== begun.local || zone !== begun.zone;
}

/** The channels on which it is out: nothing reaches it there any more. */
function useOut(post: Post | undefined): ReadonlySet<string> {
  return useMemo(() => {
    const out =
      post?.publications.filter(({ state }) => ['committing', 'published', 'unconfirmed'].includes(state)) ?? [];
    return new Set(out.map(({ channelId }) => channelId));
  }, [post]);
}
