import { Button, Text } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Workspace } from '../api/queries.js';
import { useMe } from '../app/workspace.js';
import { TextLink } from '../ui/links.js';
import { Section } from './section.js';
import classes from './settings.module.css';
import { PauseButton } from './pause-button.js';
import { WorkspaceDialog } from './workspace-dialog.js';
import { ROLE_WORDS } from './you-section.js';

/** The organization's clients or brands. */
export function WorkspacesSection() {
  const { workspaces, role } = useMe();
  const mayChange = role === 'owner' || role === 'admin';
  const [dialog, setDialog] = useState<{ opened: boolean; workspace?: Workspace }>({ opened: false });
  return (
    <Section title="Workspaces" description="One for each client or brand: its channels, its posts, its time zone.">
      <ul className={classes['list']}>
        {workspaces.map((workspace) => (
          <li key={workspace.id} className={classes['row']}>
            <div className={classes['about']}>
              <TextLink to="/w/$workspaceId/calendar" params={{ workspaceId: workspace.id }} fw={600}>
                {workspace.name}
              </TextLink>
              <Text size="sm" c="dimmed">
                {workspace.timeZone.replaceAll('_', ' ')}
                {workspace.paused && ' · paused: nothing goes out'}
              </Text>
            </div>
            {mayChange && <PauseButton workspace={workspace} />}
            {mayChange && (
              <Button
                variant="default"
                leftSection={<IconPencil size={16} aria-hidden />}
                aria-label={`Change ${workspace.name}`}
                onClick={() => setDialog({ opened: true, workspace })}
              >
                Change
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <div>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setDialog({ opened: true })}>
            New workspace
          </Button>
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          Owners and admins change and create workspaces. Your role is {ROLE_WORDS[role].toLowerCase()}.
        </Text>
      )}
      <WorkspaceDialog {...dialog} onClose={() => setDialog((before) => ({ ...before, opened: false }))} />
    </Section>
  );
}
