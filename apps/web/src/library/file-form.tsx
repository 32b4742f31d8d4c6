import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { type Media } from '../api/queries.js';
import { notifyDone } from '../ui/notify.js';
import { TagsField } from './tags-dialog.js';
import { useUpdateFile } from './use-changes.js';

interface FileFormProps {
  workspaceId: string;
  media: Media;
  mayWrite: boolean;
}

/** The name, the description and the tags of a file. */
export function FileForm({ workspaceId, media, mayWrite }: FileFormProps) {
  const update = useUpdateFile();
  const [filename, setFilename] = useState(media.filename);
  const [altText, setAltText] = useState(media.altText ?? '');
  const [tags, setTags] = useState(media.tags);
  const isChanged =
    filename.trim() !== media.filename ||
    altText.trim() !== (media.altText ?? '') ||
    tags.join('\n') !== media.tags.join('\n');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = { filename: filename.trim(), altText: altText.trim() || null, tags };
    update.mutate({ file: media, change }, { onSuccess: () => notifyDone('The file is changed.') });
  };
  const errors = formErrorsOf(update.error);
  const error = (field: string) => (errors[field] === undefined ? {} : { error: errors[field] });
  const look = { readOnly: !mayWrite } as const;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          {...look}
          label="Name"
          required={mayWrite}
          maxLength={120}
          value={filename}
          onChange={(event) => setFilename(event.currentTarget.value)}
          {...error('filename')}
        />
        {media.kind !== 'document' && (
          <Textarea
            {...look}
            label="Description"
            description="For those who do not see it. New posts begin with it; posts that are written already keep their own."
            minRows={2}
            maxRows={8}
            maxLength={10_000}
            value={altText}
            onChange={(event) => setAltText(event.currentTarget.value)}
            {...error('altText')}
          />
        )}
        <TagsField workspaceId={workspaceId} value={tags} onChange={setTags} disabled={!mayWrite} />
        {mayWrite && (
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {isChanged ? 'Not saved yet' : ''}
            </Text>
            <Button type="submit" disabled={!isChanged || filename.trim() === ''} loading={update.isPending}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
