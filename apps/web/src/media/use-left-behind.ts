import { useCallback, useEffect, useMemo, useState } from 'react';
import { notifyError } from '../ui/notify.js';
import { findLeftBehind, forgetLeftBehind, type LeftBehind } from './left-behind.js';
import { endUpload } from './upload-api.js';
import { type UploadItem } from './upload-item.js';

/** Uploads that another visit left unfinished, and what can be done with them. */
export interface LeftBehindView {
  items: readonly LeftBehind[];
  /** Ends one for good. */
  discard: (one: LeftBehind) => void;
  /** Says nothing more of them on this visit. */
  dismiss: () => void;
}

/** What was left unfinished in a workspace when the page was opened, less what goes on by now. */
export function useLeftBehind(workspaceId: string | undefined, uploads: readonly UploadItem[]): LeftBehindView {
  const [found, setFound] = useState<readonly LeftBehind[]>([]);
  useEffect(() => {
    let isGone = false;
    if (workspaceId !== undefined) void findLeftBehind(workspaceId).then((all) => !isGone && setFound(all));
    return () => {
      isGone = true;
    };
  }, [workspaceId]);
  const items = useMemo(
    () =>
      found.filter(
        (one) =>
          one.workspaceId === workspaceId &&
          !uploads.some(({ file, workspaceId: other }) => {
            return other === one.workspaceId && file.name === one.name && file.size === one.bytes;
          }),
      ),
    [found, uploads, workspaceId],
  );
  const discard = useCallback((one: LeftBehind) => {
    setFound((all) => all.filter(({ key }) => key !== one.key));
    endUpload(one.url).then(() => forgetLeftBehind(one), notifyError);
  }, []);
  const dismiss = useCallback(() => setFound([]), []);
  return { items, discard, dismiss };
}
