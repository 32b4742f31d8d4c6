import { Box, Radio, Stack, Text } from '@mantine/core';
import { ColorSchemeChoice } from '../app/account-menu.js';
import { useMe } from '../app/workspace.js';
import { ORGANIZATION_ROLES } from '../members/roles.js';
import { deviceZone, useZoneChoice } from '../ui/zone.js';
import { Section } from './section.js';
import classes from './settings.module.css';

const APPEARANCE_WIDTH = 332;

/** Who is signed in, and how this device shows things to them. */
export function YouSection() {
  const { user, organization, role } = useMe();
  const [zone, setZone] = useZoneChoice();
  return (
    <Section title="You">
      <dl className={classes['facts']}>
        <dt>Name</dt>
        <dd>{user.name}</dd>
        <dt>E-mail</dt>
        <dd>{user.email}</dd>
        <dt>Organization</dt>
        <dd>{organization.name}</dd>
        <dt>Role</dt>
        <dd>{ORGANIZATION_ROLES[role].label}</dd>
      </dl>
      <div>
        <Text size="sm" fw={550}>
          Appearance
        </Text>
        <Box maw={APPEARANCE_WIDTH} mx={-6}>
          <ColorSchemeChoice />
        </Box>
      </div>
      <Radio.Group
        label="Show times in"
        description="On this device. It changes no time at which anything goes out."
        value={zone}
        onChange={(value) => setZone(value)}
      >
        <Stack gap="sm" mt="sm">
          <Radio
            value="mine"
            label="My time zone"
            description={`${deviceZone.replaceAll('_', ' ')}, as on this device`}
          />
          <Radio value="workspace" label="The workspace’s time zone" description="Each workspace in its own" />
        </Stack>
      </Radio.Group>
    </Section>
  );
}
