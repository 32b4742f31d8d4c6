import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { newIdempotencyKey } from '../api/client.js';
import { describeError, fieldErrorsOf, OfflineError } from '../api/problem.js';
import { type Media, mediaQuery } from '../api/queries.js';
import { type Message } from './draft.js';
import { uploadImage } from './upload.js';

/** An image on its way to the server. */
export interface Upload {
  key: string;
  file: File;
  /** What it belongs to. */
  message: Message;
  /** How much has been sent, 0 to 1. */
  progress: number;
  state: 'waiting' | 'sending' | 'failed';
  /** Why it failed, and what to do. */
  problem?: { message: string; mayRetry: boolean };
}

/** The images on their way, and what can be done with them. */
export interface Uploads {
  items: readonly Upload[];
  add: (files: readonly File[], message: Message) => void;
  retry: (key: string) => void;
  /** Cancels what is on its way, or takes away what failed. */
  drop: (key: string) => void;
}

/** Uploads images one after the other, so that they arrive in the order in which they were given. */
export function useUploads(workspaceId: string, onDone: (media: Media, message: Message) => void): Uploads {
  const queryClient = useQueryClient();
  const [items, setItems] = useState<readonly Upload[]>([]);
  const running = useRef<{ key: string; abort: AbortController } | undefined>(undefined);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });

  const patch = useCallback((key: string, change: Partial<Upload>) => {
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }, []);
  const remove = useCallback((key: string) => setItems((all) => all.filter((item) => item.key !== key)), []);

  const send = useCallback(
    async ({ key, file, message }: Upload) => {
      const abort = new AbortController();
      running.current = { key, abort };
      patch(key, { state: 'sending', progress: 0 });
      try {
        const onProgress = (progress: number) => patch(key, { progress });
        const media = await uploadImage({ workspaceId, file, key, onProgress, signal: abort.signal });
        queryClient.setQueryData(mediaQuery(media.id).queryKey, media);
        done.current(media, message);
        remove(key);
      } catch (error) {
        if (abort.signal.aborted) remove(key);
        else patch(key, { state: 'failed', problem: problemOf(error) });
      } finally {
        running.current = undefined;
      }
    },
    [workspaceId, queryClient, patch, remove],
  );

  useEffect(() => {
    const next = items.find(({ state }) => state === 'waiting');
    if (next && !running.current) void send(next);
  }, [items, send]);
  useEffect(() => () => running.current?.abort.abort(), []);

  return useMemo(
    () => ({
      items,
      add: (files, message) => setItems((all) => [...all, ...files.map((file) => newUpload(file, message))]),
      retry: (key) => setItems((all) => all.map((item) => (item.key === key ? waiting(item) : item))),
      drop: (key) => (running.current?.key === key ? running.current.abort.abort() : remove(key)),
    }),
    [items, remove],
  );
}

function newUpload(file: File, belongsTo: Message): Upload {
  const upload: Upload = { key: newIdempotencyKey(), file, message: belongsTo, progress: 0, state: 'waiting' };
  if (file.type === '' || file.type.startsWith('image/')) return upload;
  const message = 'This is not an image. Images are JPEG, PNG, WebP, GIF, AVIF or HEIC files.';
  return { ...upload, state: 'failed', problem: { message, mayRetry: false } };
}

function waiting({ problem: _, ...item }: Upload): Upload {
  return { ...item, state: 'waiting', progress: 0 };
}

function problemOf(error: unknown): NonNullable<Upload['problem']> {
  const [first] = fieldErrorsOf(error);
  const { title, detail } = describeError(error);
  if (first) return { message: `${first.message} ${first.remedy}`, mayRetry: false };
  if (error instanceof OfflineError) return { message: 'ClickPost could not be reached.', mayRetry: true };
  return { message: detail || title, mayRetry: true };
}
