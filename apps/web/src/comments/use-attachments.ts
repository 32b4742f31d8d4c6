import { useState } from 'react';
import { type Media } from '../api/queries.js';
import { whenUploaded } from '../media/when-uploaded.js';

/** Files that will go with a comment. */
export interface Attachments {
  files: readonly Media[];
  busy: boolean;
  /** Why the last one could not be uploaded. */
  error: unknown;
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
  clear: () => void;
}

/** Uploads files into the workspace's library, to be attached to a comment. */
export function useAttachments(workspaceId: string): Attachments {
  const [files, setFiles] = useState<readonly Media[]>([]);
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<unknown>();
  const upload = async (file: File) => {
    const media = await whenUploaded(workspaceId, file);
    setFiles((all) => (all.some(({ id }) => id === media.id) ? all : [...all, media]));
  };
  return {
    ...{ files, busy: running > 0, error },
    add: (added) => {
      setError(undefined);
      for (const file of added) {
        setRunning((count) => count + 1);
        upload(file)
          .catch(setError)
          .finally(() => setRunning((count) => count - 1));
      }
    },
    remove: (id) => setFiles((all) => all.filter((one) => one.id !== id)),
    clear: () => {
      setFiles([]);
      setError(undefined);
    },
  };
}
