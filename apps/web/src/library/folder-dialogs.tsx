import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { type Folder, pathOf } from './folders.js';
import classes from './folders.module.css';

const MAX_NAME = 100;

interface NameFolderProps {
  title: string;
  confirm: string;
  name: string;
  isPending: boolean;
  error: unknown;
  onSubmit: (name: string) => void;
  onClose: () => void;
}

/** Asks for the name of a folder. */
export function NameFolder({ title, confirm, name: before, isPending, error, onSubmit, onClose }: NameFolderProps) {
  const [name, setName] = useState(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onSubmit(name.trim());
  };
  const wrong = formErrorsOf(error)['name'];
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            required
            maxLength={MAX_NAME}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            {...(wrong !== undefined && { error: wrong })}
          />
          <ProblemAlert error={error} shown={(field) => field === 'name'} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface MoveDialogProps {
  title: string;
  folders: readonly Folder[];
  /** Where it lies now; null = in no folder. */
  from: string | null | undefined;
  /** Whether it may lie in a folder. */
  mayLieIn: (folder: Folder) => boolean;
  isPending: boolean;
  error: unknown;
  onMove: (folderId: string | null) => void;
  onClose: () => void;
}

/** In the choice: no folder. */
const NONE = 'none';

/** Asks into which folder something is to be moved. */
export function MoveDialog({ title, folders, from, mayLieIn, isPending, error, onMove, onClose }: MoveDialogProps) {
  const [to, setTo] = useState(from === undefined ? NONE : (from ?? NONE));
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack>
        <Radio.Group value={to} onChange={setTo} label="Folder">
          <Stack gap="sm" mt={4} className={classes['choices'] ?? ''}>
            <Radio value={NONE} label="Library, in no folder" />
            {placesOf(folders).map(({ folder, place }) => (
              <Radio key={folder.id} value={folder.id} label={place} disabled={!mayLieIn(folder)} />
            ))}
          </Stack>
        </Radio.Group>
        {folders.length === 0 && (
          <Text size="sm" c="dimmed">
            There are no folders yet. Make one at the side of the library.
          </Text>
        )}
        <ProblemAlert error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={isPending} onClick={() => onMove(to === NONE ? null : to)}>
            Move
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The folders by where they lie: `Campaigns › Summer`. */
function placesOf(folders: readonly Folder[]): { folder: Folder; place: string }[] {
  const placed = folders.map((folder) => {
    const names = pathOf(folders, folder.id).map(({ name }) => name);
    return { folder, place: names.join(' › ') };
  });
  return placed.toSorted((a, b) => a.place.localeCompare(b.place));
}
