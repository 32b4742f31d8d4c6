import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api } from '../api/client.js';
import { type Post } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { LinkButton } from '../ui/links.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { editabilityOf, isDeletable } from './editing.js';

/** Edit and delete, for as long as they are possible; where they are not, why. */
export function PostActions({ post, etag }: { post: Post; etag: string }) {
  const mayEdit = useMay('posts.write');
  const { remove, error, isPending } = useDelete(post, etag);
  if (!mayEdit) return null;
  const editability = editabilityOf(post);
  const explanation = editability.editable ? editability.note : editability.why;
  return (
    <Stack gap="xs" align="flex-end" maw={460}>
      <Group gap="xs">
        {editability.editable && (
          <LinkButton
            variant="default"
            to="/w/$workspaceId/compose/$postId"
            params={{ workspaceId: post.workspaceId, postId: post.id }}
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            Edit
          </LinkButton>
        )}
        {isDeletable(post) && (
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            loading={isPending}
            onClick={() => void remove()}
          >
            Delete
          </Button>
        )}
      </Group>
      {explanation && (
        <Text size="sm" c="dimmed">
          {explanation}
        </Text>
      )}
      <ProblemAlert error={error} />
    </Stack>
  );
}

function useDelete(post: Post, etag: string) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const deletion = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/v1/posts/{id}', { params: { path: { id: post.id }, header: { 'If-Match': etag } } })),
    // Somebody else may have changed it in between: what is shown is read again.
    onError: () => queryClient.invalidateQueries({ queryKey: ['post', post.id] }),
  });
  const leave = async () => {
    notifyDone('The post is deleted.');
    await router.navigate({ to: '/w/$workspaceId/calendar', params: { workspaceId: post.workspaceId } });
    queryClient.removeQueries({ queryKey: ['post', post.id] });
    await Promise.all(
      [['calendar'], ['posts'], ['attention']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    );
  };
  const remove = async () => {
    const doubtful = post.publications.some(({ state }) => state === 'unconfirmed');
    const yes = await confirm({
      title: 'Delete this post?',
      children: doubtful
        ? 'It may be out on a channel. Deleting it here does not take it away there.'
        : 'It does not go out on any channel. This cannot be undone.',
      confirm: 'Delete post',
      dismiss: 'Keep it',
      danger: true,
    });
    if (!yes) return;
    // What goes wrong is shown beside the button.
    deletion.mutate(undefined, { onSuccess: () => void leave() });
  };
  return { remove, error: deletion.error, isPending: deletion.isPending };
}
