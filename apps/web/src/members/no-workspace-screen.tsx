import { Button, Card } from '@mantine/core';
import { IconBriefcaseOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMay, useMe } from '../app/workspace.js';
import { useReloadMe } from '../settings/use-reload-me.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { notifyError } from '../ui/notify.js';
import { Page } from '../ui/page.js';

/** For somebody who sees no workspace: whoever may creates one, anybody else learns whom to ask. */
export function NoWorkspaceScreen() {
  const { organization, user } = useMe();
  const creates = useMay('workspaces.manage');
  const reload = useReloadMe();
  const look = useMutation({ mutationFn: reload, onError: notifyError });
  return (
    <Page title={`Welcome, ${user.name}`} maxWidth={760}>
      <Card>
        {creates ? (
          <EmptyState
            icon={IconBriefcaseOff}
            title="There is no workspace"
            action={<LinkButton to="/settings">Create or restore one</LinkButton>}
          >
            A workspace is one client or brand: its channels, its posts, its time zone. Create one to begin.
          </EmptyState>
        ) : (
          <EmptyState
            icon={IconBriefcaseOff}
            title="No workspace is yours yet"
            action={
              <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
                Look again
              </Button>
            }
          >
            You belong to {organization.name}, and work where somebody gives you a workspace. Ask an owner or an admin
            for the one that you are to work in.
          </EmptyState>
        )}
      </Card>
    </Page>
  );
}
