import { useEffect, useMemo, useRef, useState } from 'react';
import { type Media } from '../api/queries.js';
import { useShownHere } from '../media/shown-elsewhere.js';
import { type UploadItem } from '../media/upload-item.js';
import { useUploader } from '../media/use-uploader.js';
import { type Message } from './draft.js';

/** A file on its way into this post. */
export interface Upload extends UploadItem {
  /** What it belongs to. */
  message: Message;
}

/** The files on their way into this post, and what can be done with them. */
export interface Uploads {
  items: readonly Upload[];
  add: (files: readonly File[], message: Message) => void;
  pause: (id: string) => void;
  resume: (id: string) => void;
  retry: (id: string) => void;
  /** Cancels what is on its way, or takes away what failed. */
  drop: (id: string) => void;
}

/** Which upload belongs where, in the order in which they were given. */
interface Given {
  id: string;
  message: Message;
  /** What it became. */
  mediaId?: string;
}

/** What arrived, and in front of what it stands: files arrive in another order than that in which they were given. */
export type OnArrived = (media: Media, message: Message, before: string | undefined) => void;

/** Uploads files into this post. Whoever leaves it finds them in the library. */
export function useUploads(workspaceId: string, onArrived: OnArrived): Uploads {
  const { items, add, pause, resume, retry, drop } = useUploader(workspaceId);
  const [given, setGiven] = useState<readonly Given[]>([]);
  const arrived = useRef(onArrived);
  useEffect(() => {
    arrived.current = onArrived;
  });

  useEffect(() => {
    for (const { id, media } of items) {
      if (!media) continue;
      const mine = given.filter((one) => one.id === id && one.mediaId === undefined);
      if (mine.length === 0) continue;
      for (const one of mine) arrived.current(media, one.message, nextOf(given, one));
      setGiven((all) => all.map((one) => (one.id === id ? { ...one, mediaId: media.id } : one)));
      drop(id);
    }
  }, [items, given, drop]);

  const coming = useMemo(
    () =>
      given.flatMap((one): Upload[] => {
        const item = one.mediaId === undefined ? items.find(({ id }) => id === one.id) : undefined;
        return item ? [{ ...item, message: one.message }] : [];
      }),
    [given, items],
  );
  useShownHere(useMemo(() => coming.map(({ id }) => id), [coming]));

  return useMemo(
    () => ({
      items: coming,
      add: (files, message) => {
        const ids = add(files);
        setGiven((all) => [...all, ...ids.map((id) => ({ id, message }))]);
      },
      pause,
      resume,
      retry,
      drop,
    }),
    [coming, add, pause, resume, retry, drop],
  );
}

/** The first that was given later to the same message and is there already. */
function nextOf(given: readonly Given[], one: Given): string | undefined {
  const { channelId, part } = one.message;
  return given
    .slice(given.indexOf(one) + 1)
    .find(({ message, mediaId }) => mediaId !== undefined && message.channelId === channelId && message.part === part)
    ?.mediaId;
}
