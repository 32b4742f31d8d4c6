import { useState } from 'react';
import { type Media } from '../api/queries.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';
import { type ManyAction, type ManyResult, useActOnMany } from './use-changes.js';
import { filesInWords } from './words.js';

/** The most files that one request changes. */
const AT_ONCE = 100;

/** What is asked about several files before something is done to them. */
export type Asked = { kind: 'move' | 'tag' | 'untag'; files: readonly Pick<Media, 'id' | 'folderId'>[] };

const DONE: Readonly<Record<ManyAction['action'], string>> = {
  move: 'moved',
  tag: 'tagged',
  untag: 'untagged',
  delete: 'deleted',
};

/** Moves, tags and deletes files; what was refused of some is kept to be shown. */
export function useBulk(workspaceId: string, onDone: () => void) {
  const many = useActOnMany(workspaceId);
  const [asked, setAsked] = useState<Asked>();
  const [refused, setRefused] = useState<readonly ManyResult[]>([]);

  const act = async (action: Omit<ManyAction, 'ids'>, ids: readonly string[]): Promise<boolean> => {
    const results: ManyResult[] = [];
    try {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        results.push(...(await many.mutateAsync({ ...action, ids: ids.slice(at, at + AT_ONCE) })));
      }
    } catch {
      // The change itself has told why; what was done before it stands in the list.
      return false;
    }
    const done = results.filter(({ outcome }) => outcome === 'done').length;
    if (done > 0) notifyDone(`${filesInWords(done)} ${DONE[action.action]}.`);
    setRefused(results.filter(({ outcome }) => outcome === 'refused'));
    setAsked(undefined);
    if (done === results.length) onDone();
    return done === results.length;
  };

  /** Asks first. @returns whether all are gone */
  const remove = async (files: readonly Pick<Media, 'id' | 'filename'>[]): Promise<boolean> => {
    const [first] = files;
    if (!first) return false;
    const sure = await confirm({
      title: files.length === 1 ? `Delete ${first.filename}?` : `Delete ${filesInWords(files.length)}?`,
      children:
        'They leave the library with their earlier versions. Posts that are published keep showing them. A file that a post still needs is not deleted.',
      confirm: 'Delete',
      danger: true,
    });
    return sure
      ? act(
          { action: 'delete' },
          files.map(({ id }) => id),
        )
      : false;
  };

  return { act, remove, asked, ask: setAsked, refused, forgetRefused: () => setRefused([]), isPending: many.isPending };
}

/** What `useBulk` answers. */
export type Bulk = ReturnType<typeof useBulk>;
