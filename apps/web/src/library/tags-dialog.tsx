import { Button, Group, Modal, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../ui/problem-alert.js';
import { tagsQuery } from './queries.js';

/** Of one file. */
export const MAX_TAGS = 20;

interface TagsDialogProps {
  workspaceId: string;
  title: string;
  /** The verb on the button. */
  confirm: string;
  isPending: boolean;
  error: unknown;
  onSubmit: (tags: string[]) => void;
  onClose: () => void;
}

/** Asks for the tags that several files get, or lose. */
export function TagsDialog({ workspaceId, title, confirm, isPending, error, onSubmit, onClose }: TagsDialogProps) {
  const [tags, setTags] = useState<string[]>([]);
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack>
        <TagsField workspaceId={workspaceId} value={tags} onChange={setTags} />
        <ProblemAlert error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={isPending} disabled={tags.length === 0} onClick={() => onSubmit(tags)}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface TagsFieldProps {
  workspaceId: string;
  value: string[];
  onChange: (tags: string[]) => void;
  disabled?: boolean;
}

/** A field of tags that offers those that are in use. */
export function TagsField({ workspaceId, value, onChange, disabled = false }: TagsFieldProps) {
  const { data: known = [] } = useQuery(tagsQuery(workspaceId));
  return (
    <TagsInput
      label="Tags"
      placeholder={value.length === 0 ? 'summer, menu, logo' : ''}
      description="Enter ends a tag."
      data={known.map(({ tag }) => tag)}
      value={value}
      onChange={(tags) => onChange([...new Set(tags.map((tag) => tag.toLowerCase()))])}
      maxTags={MAX_TAGS}
      maxLength={40}
      splitChars={[',']}
      acceptValueOnBlur
      clearable
      disabled={disabled}
      clearButtonProps={{ 'aria-label': 'Clear the tags' }}
    />
  );
}
