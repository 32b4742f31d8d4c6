import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, fieldErrorsOf } from '../api/problem.js';
import { askWhereRequired } from '../approvals/ask-where-required.js';
import { useWorkspace } from '../app/workspace.js';
import { isUnderWay } from '../media/upload-item.js';
import { notifyDone } from '../ui/notify.js';
import { type CreateBody, type Draft } from './draft.js';
import { type DraftKeeper } from './draft-keeper.js';
import { type Finding, readFindings } from './findings.js';
import { rememberChannels } from './new-draft.js';
import { contentOf } from './post-body.js';
import { forgetUnfinished } from './unfinished.js';
import { focusCause } from './places.js';
import { type Uploads } from './use-uploads.js';

const TOO_EARLY = new Error('A file is still on its way. Wait until it has arrived, or cancel it.');

interface SubmitInput {
  keeper: DraftKeeper;
  draft: Draft;
  /** What stands against it. */
  blocking: readonly Finding[];
  uploads: Uploads;
  /** `undefined` = the time stays as it is. */
  schedule: CreateBody['schedule'] | undefined;
  isScheduled: boolean;
  setTab: (channelId: string | undefined) => void;
  setView: (view: 'write' | 'preview') => void;
}

/** Schedules, publishes or saves; where something stands against it, leads to the first problem instead. */
export function useSubmit({ keeper, draft, blocking, uploads, schedule, isScheduled, setTab, setView }: SubmitInput) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isEarly, setEarly] = useState(false);
  const [error, setError] = useState<unknown>();
  const isUploading = uploads.items.some(isUnderWay);

  const toProblem = (first: Finding | undefined) => {
    if (!first) return;
    setTried(true);
    setView('write');
    if (first.cause.part !== 'schedule' && first.cause.part !== 'channels') {
      setTab(first.own || first.cause.part === 'setting' ? first.channelId : undefined);
    }
    focusCause(first);
  };

  const save = async () => {
    const post = await keeper.submit(schedule);
    forgetUnfinished(workspace.id);
    if (schedule === null) {
      notifyDone(isScheduled ? 'The post is a draft again.' : 'Draft saved.');
      return navigate({ to: '/w/$workspaceId/drafts', params: { workspaceId: workspace.id } });
    }
    await askWhereRequired(workspace.id, post.id);
    rememberChannels(
      workspace.id,
      draft.channels.map(({ id }) => id),
    );
    const params = { workspaceId: workspace.id, postId: post.id };
    return navigate({ to: '/w/$workspaceId/posts/$postId', params });
  };

  const run = async () => {
    if (isBusy) return;
    setTried(true);
    setError(undefined);
    setEarly(isUploading);
    if (isUploading) return;
    if (blocking.length > 0) return toProblem(blocking[0]);
    setBusy(true);
    try {
      await save();
    } catch (problem) {
      // A conflict is shown with its choice, not as an error.
      if (!(problem instanceof ApiError && problem.status === 412)) setError(problem);
      // What the server alone knew is led to as well: whoever pressed the button is not left beside it.
      toProblem(readFindings(fieldErrorsOf(problem), { ...contentOf(draft), schedule: null })[0]);
    } finally {
      setBusy(false);
    }
  };

  // What stood against it alone is no problem any more once the file is there.
  return { run, toProblem, isTried, isBusy, error: isEarly && isUploading ? TOO_EARLY : error };
}
