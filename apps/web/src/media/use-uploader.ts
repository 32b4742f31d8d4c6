import { useMemo, useSyncExternalStore } from 'react';
import { type UploadItem } from './upload-item.js';
import { type UploadOptions, uploaderOf, uploads } from './uploader.js';

/** The uploads of a workspace, and what can be done with them. */
export interface UploaderView {
  /** In the order in which they were given. */
  items: readonly UploadItem[];
  /** @returns the ids of the uploads, in the order of the files */
  add: (files: readonly File[], options?: UploadOptions) => string[];
  pause: (id: string) => void;
  resume: (id: string) => void;
  /** Sends a refused file once more. */
  retry: (id: string) => void;
  /** Cancels what is on its way, or takes a finished one off the list. */
  drop: (id: string) => void;
}

/** Every upload of this page, of all workspaces. */
export function useAllUploads(): readonly UploadItem[] {
  return useSyncExternalStore(uploads.subscribe, uploads.items);
}

/** The uploads of one workspace; they go on when the screen is left. */
export function useUploader(workspaceId: string): UploaderView {
  const all = useAllUploads();
  const actions = useMemo(() => {
    const uploader = uploaderOf(workspaceId);
    return {
      add: (files: readonly File[], options?: UploadOptions) => uploader.add(files, options),
      pause: (id: string) => uploader.pause(id),
      resume: (id: string) => uploader.resume(id),
      retry: (id: string) => uploader.retry(id),
      drop: (id: string) => uploader.drop(id),
    };
  }, [workspaceId]);
  return useMemo(
    () => ({ ...actions, items: all.filter((item) => item.workspaceId === workspaceId) }),
    [actions, all, workspaceId],
  );
}
