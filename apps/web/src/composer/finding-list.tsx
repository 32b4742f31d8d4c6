import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { type Finding, type FindingGroup, groupFindings } from './findings.js';

interface FindingListProps {
  /** For `aria-describedby` of what they stand beside. */
  id?: string;
  findings: readonly Finding[];
}

/** Broken rules beside their cause: whose they are, what is wrong, what to do, and where it is said. */
export function FindingList({ id, findings }: FindingListProps) {
  if (findings.length === 0) return null;
  return (
    <div id={id} className={classes['findings']}>
      {groupFindings(findings).map((group) => (
        <FindingLine key={`${group.rule} ${group.channelIds.join()} ${group.message}`} group={group} />
      ))}
    </div>
  );
}

function FindingLine({ group }: { group: FindingGroup }) {
  const { selected } = useComposer();
  const concerned = selected.filter(({ channel }) => group.channelIds.includes(channel.id));
  return (
    <div className={classes['finding']}>
      <span className={classes['findingSigns']}>
        {concerned.length === 0 && <IconAlertCircleFilled size={16} className={classes['error']} aria-hidden />}
        {concerned.map(({ channel }) => (
          <PlatformIcon key={channel.id} platform={channel.platform} size={16} />
        ))}
      </span>
      <div className={classes['findingWords']}>
        <Text size="sm" component="span" className={classes['error']} fw={550}>
          {group.message}
        </Text>{' '}
        <Text size="sm" component="span">
          {group.remedy}
        </Text>{' '}
        {group.docs !== undefined && (
          <Anchor
            size="sm"
            href={group.docs}
            target="_blank"
            rel="noreferrer"
            c="var(--clickpost-link)"
            underline="always"
          >
            Documentation
          </Anchor>
        )}
        <Fixes group={group} concerned={concerned} />
      </div>
    </div>
  );
}

/** What mends it with one press, for one channel alone. */
function Fixes({ group, concerned }: { group: FindingGroup; concerned: readonly SelectedChannel[] }) {
  const { dispatch, setTab } = useComposer();
  if (group.own) return null;
  const fixes = concerned.flatMap(({ channel, ...rest }) => {
    const name = networkName({ channel, ...rest });
    const fix = (label: string, act: () => void) => [{ key: channel.id, label, act }];
    if (/\.text-too-/.test(group.rule))
      return fix(`Write a different text for ${name}`, () => {
        dispatch({ type: 'own-text', channelId: channel.id });
        setTab(channel.id);
      });
    if (/\.link-(with-media|unsupported|too-long)$/.test(group.rule))
      return fix(`Leave the link out on ${name}`, () => dispatch({ type: 'link', channelId: channel.id, value: '' }));
    if (/\.media-(too-many|image-unsupported)$/.test(group.rule))
      return fix(`Choose other images for ${name}`, () => {
        dispatch({ type: 'own-media', channelId: channel.id });
        setTab(channel.id);
      });
    return [];
  });
  if (fixes.length === 0) return null;
  return (
    <Group gap="xs" mt={6}>
      {fixes.map(({ key, label, act }) => (
        <Button key={key} size="compact-sm" variant="default" onClick={act}>
          {label}
        </Button>
      ))}
    </Group>
  );
}
