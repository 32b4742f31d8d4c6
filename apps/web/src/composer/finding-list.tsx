import { Anchor, Text } from '@mantine/core';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { useCalmComposer } from './context.js';
import { type Finding, type FindingGroup, groupFindings } from './findings.js';
import { Fixes, FixTogether } from './fixes.js';
import { byNetwork } from './channel-choice.js';

interface FindingListProps {
  /** For `aria-describedby` of what they stand beside. */
  id?: string;
  findings: readonly Finding[];
}

/** Broken rules beside their cause: whose they are, what is wrong, what to do, and where it is said. */
export function FindingList({ id, findings }: FindingListProps) {
  const { selected } = useCalmComposer();
  if (findings.length === 0) return null;
  const groups = groupFindings(findings);
  return (
    <div id={id} className={classes['findings']}>
      <FixTogether groups={groups} selected={selected} />
      {groups.map((group) => (
        <FindingLine key={`${group.rule} ${group.channelIds.join()} ${group.message}`} group={group} />
      ))}
    </div>
  );
}

function FindingLine({ group }: { group: FindingGroup }) {
  const { selected } = useCalmComposer();
  const concerned = selected.filter(({ channel }) => group.channelIds.includes(channel.id));
  return (
    <div className={classes['finding']}>
      <span className={classes['findingSigns']}>
        {concerned.length === 0 && <IconAlertCircleFilled size={16} className={classes['error']} aria-hidden />}
        {byNetwork(concerned).map(({ platform }) => (
          <PlatformIcon key={platform} platform={platform} size={16} />
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
