import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconChecks, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Workspace } from '../api/queries.js';
import { may } from '../app/may.js';
import { WorkflowDialog } from '../approvals/workflow-dialog.js';
import { useMay, useMe } from '../app/workspace.js';
import { TextLink } from '../ui/links.js';
import { ArchiveButton, RestoreButton } from './archive-buttons.js';
import { archivedQuery } from './archived.js';
import { PauseButton } from './pause-button.js';
import { Section } from './section.js';
import rows from '../ui/rows.module.css';
import { WorkspaceDialog } from './workspace-dialog.js';

/** The organization's clients or brands. */
export function WorkspacesSection() {
  const { workspaces } = useMe();
  const manages = useMay('workspaces.manage');
  const [dialog, setDialog] = useState<{ opened: boolean; workspace?: Workspace }>({ opened: false });
  return (
    <Section title="Workspaces" description="One for each client or brand: its channels, its posts, its time zone.">
      {workspaces.length === 0 && !manages && (
        <Text size="sm">No workspace is yours yet. Ask an owner or an admin to give you one.</Text>
      )}
      {workspaces.length > 0 && (
        <ul className={rows['list']}>
          {workspaces.map((workspace) => (
            <WorkspaceRow
              key={workspace.id}
              workspace={workspace}
              onChange={() => setDialog({ opened: true, workspace })}
            />
          ))}
        </ul>
      )}
      {manages && (
        <>
          <div>
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setDialog({ opened: true })}>
              New workspace
            </Button>
          </div>
          <Archived />
        </>
      )}
      <WorkspaceDialog {...dialog} onClose={() => setDialog((before) => ({ ...before, opened: false }))} />
    </Section>
  );
}

function WorkspaceRow({ workspace, onChange }: { workspace: Workspace; onChange: () => void }) {
  const me = useMe();
  const mayChange = may(me, 'workspace.change', workspace.id);
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <TextLink to="/w/$workspaceId/calendar" params={{ workspaceId: workspace.id }} fw={600}>
          {workspace.name}
        </TextLink>
        <Text size="sm" c="dimmed">
          {workspace.timeZone.replaceAll('_', ' ')}
          {workspace.paused && ' · paused: nothing goes out'}
        </Text>
      </div>
      <Group gap="xs">
        {mayChange && <ApprovalButton workspace={workspace} />}
        {mayChange && <PauseButton workspace={workspace} />}
        {mayChange && (
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            aria-label={`Change ${workspace.name}`}
            onClick={onChange}
          >
            Change
          </Button>
        )}
        {may(me, 'workspaces.manage') && <ArchiveButton workspace={workspace} />}
      </Group>
    </li>
  );
}

function ApprovalButton({ workspace }: { workspace: Workspace }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconChecks size={16} aria-hidden />}
        aria-label={`Approval in ${workspace.name}`}
        onClick={() => setOpened(true)}
      >
        Approval
      </Button>
      {opened && <WorkflowDialog workspace={workspace} onClose={() => setOpened(false)} />}
    </>
  );
}

function Archived() {
  const { data: archived = [] } = useQuery(archivedQuery);
  if (archived.length === 0) return null;
  return (
    <Stack gap={0}>
      <Title order={3} size="h4">
        Archived
      </Title>
      <ul className={rows['list']}>
        {archived.map((workspace) => (
          <li key={workspace.id} className={rows['row']}>
            <div className={rows['about']}>
              <Text fw={600}>{workspace.name}</Text>
              <Text size="sm" c="dimmed">
                Nothing goes out, and nothing in it is changed.
              </Text>
            </div>
            <RestoreButton workspace={workspace} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}
