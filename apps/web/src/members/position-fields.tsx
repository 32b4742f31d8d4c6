import { CloseButton, NativeSelect, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay, useMe } from '../app/workspace.js';
import classes from './members.module.css';
import { type Position, withoutWorkspace, withRoleIn, withWorkspace } from './position.js';
import {
  offeredRoles,
  ORGANIZATION_ROLES,
  type OrganizationRole,
  WORKSPACE_ROLES,
  type WorkspaceRole,
} from './roles.js';

interface PositionFieldsProps {
  position: Position;
  onChange: (position: Position) => void;
}

const ROLES_THERE = Object.entries(WORKSPACE_ROLES).map(([value, { label, means }]) => ({
  value,
  label: `${label}: ${means}`,
}));

/** The role in the organization, and for a member the workspaces. */
export function PositionFields({ position, onChange }: PositionFieldsProps) {
  const makesOwners = useMay('organization.transfer');
  const roles = offeredRoles(makesOwners || position.role === 'owner');
  return (
    <Stack gap="md">
      <NativeSelect
        label="Role"
        description={ORGANIZATION_ROLES[position.role].means}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={position.role}
        onChange={({ currentTarget }) => onChange({ ...position, role: currentTarget.value as OrganizationRole })}
        data={roles.map((value) => ({ value, label: ORGANIZATION_ROLES[value].label }))}
      />
      {position.role === 'member' && <Workspaces position={position} onChange={onChange} />}
    </Stack>
  );
}

function Workspaces({ position, onChange }: PositionFieldsProps) {
  const { workspaces } = useMe();
  // Emptied and made anew after each choice, so that the next one can be typed at once.
  const [added, setAdded] = useState(0);
  const given = new Set(position.workspaces.map(({ id }) => id));
  const left = workspaces.filter(({ id }) => !given.has(id));
  return (
    <Stack gap="xs">
      {position.workspaces.length > 0 && (
        <ul className={classes['shares']} aria-label="Workspaces">
          {position.workspaces.map(({ id, name, role }) => (
            <li key={id} className={classes['share']}>
              <NativeSelect
                label={name}
                value={role}
                onChange={({ currentTarget }) =>
                  onChange(withRoleIn(position, id, currentTarget.value as WorkspaceRole))
                }
                data={ROLES_THERE}
              />
              <CloseButton
                size={40}
                iconSize={18}
                aria-label={`Take ${name} away`}
                onClick={() => onChange(withoutWorkspace(position, id))}
              />
            </li>
          ))}
        </ul>
      )}
      {left.length > 0 ? (
        <Select
          key={added}
          label={position.workspaces.length === 0 ? 'Workspace' : 'Another workspace'}
          placeholder="Choose a workspace"
          data={left.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={(id) => {
            const chosen = left.find((workspace) => workspace.id === id);
            if (!chosen) return;
            onChange(withWorkspace(position, chosen));
            setAdded(added + 1);
          }}
          searchable
          nothingFoundMessage="No workspace of this name."
          withScrollArea={false}
          classNames={{ options: classes['options'] ?? '' }}
          comboboxProps={{ withinPortal: false }}
        />
      ) : (
        position.workspaces.length === 0 && (
          <Text size="sm" c="dimmed">
            There is no workspace yet. Create one in the settings first.
          </Text>
        )
      )}
    </Stack>
  );
}
