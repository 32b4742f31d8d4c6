import { type Media } from '../api/queries.js';
import { MoveDialog } from './folder-dialogs.js';
import { type Folder } from './folders.js';
import { RefusedDialog } from './refused-dialog.js';
import { TagsDialog } from './tags-dialog.js';
import { type Bulk } from './use-bulk.js';
import { filesInWords } from './words.js';

interface BulkDialogsProps {
  workspaceId: string;
  bulk: Bulk;
  folders: readonly Folder[];
  files: readonly Media[];
}

/** What is asked before something is done to files, and what became of it. */
export function BulkDialogs({ workspaceId, bulk, folders, files }: BulkDialogsProps) {
  return (
    <>
      <AskedDialog workspaceId={workspaceId} bulk={bulk} folders={folders} />
      <RefusedDialog workspaceId={workspaceId} refused={bulk.refused} files={files} onClose={bulk.forgetRefused} />
    </>
  );
}

function AskedDialog({ workspaceId, bulk, folders }: Omit<BulkDialogsProps, 'files'>) {
  const { asked, act, ask, isPending } = bulk;
  if (!asked) return null;
  const ids = asked.files.map(({ id }) => id);
  const common = { isPending, error: null, onClose: () => ask(undefined) };
  const count = filesInWords(ids.length);
  switch (asked.kind) {
    case 'move':
      return (
        <MoveDialog
          {...common}
          title={`Move ${count}`}
          folders={folders}
          from={asked.files[0]?.folderId}
          mayLieIn={() => true}
          onMove={(folderId) => void act({ action: 'move', folderId }, ids)}
        />
      );
    case 'tag':
    case 'untag': {
      const [title, confirm] =
        asked.kind === 'tag' ? [`Tag ${count}`, 'Add the tags'] : [`Untag ${count}`, 'Take the tags away'];
      return (
        <TagsDialog
          {...common}
          workspaceId={workspaceId}
          title={title}
          confirm={confirm}
          onSubmit={(tags) => void act({ action: asked.kind, tags }, ids)}
        />
      );
    }
  }
}
