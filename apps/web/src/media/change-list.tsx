import { Text } from '@mantine/core';
import { IconAlertCircleFilled, IconCheck, IconWand } from '@tabler/icons-react';
import { type ReactNode } from 'react';
import { type ChangeGroup, outcomeInWords, shownSteps } from './changes.js';
import classes from './changes.module.css';
import { durationInWords } from './words.js';

/** A channel as it is named beside what it gets. */
export interface NamedChannel {
  name: string;
  sign: ReactNode;
}

/** Of more outcomes than these the reasons are folded: what each network gets is said first. */
const FEW = 2;

interface ChangeListProps {
  groups: readonly ChangeGroup[];
  channelOf: (channelId: string) => NamedChannel | undefined;
  /** What else is said of a group: how far its making is. */
  children?: (group: ChangeGroup) => ReactNode;
}

/** What each channel gets of one file, and what is changed for it and why; calm where nothing is. */
export function ChangeList({ groups, channelOf, children }: ChangeListProps) {
  if (groups.length === 0) return null;
  // Calm where nothing changes for anybody.
  const isAllKept = groups.length === 1 && groups[0]?.plan.action === 'keep';
  return (
    <ul className={classes['groups']} aria-label="What will be changed">
      {groups.map((group) => (
        <li key={group.channelIds.join()} className={classes['group']} data-action={group.plan.action}>
          <Line group={group} named={isAllKept ? [] : group.channelIds.flatMap((id) => channelOf(id) ?? [])} />
          <Steps group={group} isFolded={groups.length > FEW} />
          {children?.(group)}
        </li>
      ))}
    </ul>
  );
}

function Line({ group: { plan }, named }: { group: ChangeGroup; named: readonly NamedChannel[] }) {
  const Sign = plan.action === 'keep' ? IconCheck : plan.action === 'refuse' ? IconAlertCircleFilled : IconWand;
  return (
    <div className={classes['line']}>
      <Sign size={15} className={classes['sign']} aria-hidden />
      <Text size="xs" component="span" c={plan.action === 'refuse' ? 'var(--mantine-color-error)' : 'dimmed'}>
        <span className={classes['names']}>
          {named.map(({ name, sign }) => (
            <span key={name} className={classes['name']}>
              {sign}
              {name}
            </span>
          ))}
        </span>{' '}
        {outcomeInWords(plan, durationInWords)}
        {plan.action === 'refuse' ? '' : '.'}
      </Text>
    </div>
  );
}

function Steps({ group: { plan }, isFolded }: { group: ChangeGroup; isFolded: boolean }) {
  if (plan.action === 'keep' || plan.action === 'refuse') return null;
  const steps = shownSteps(plan);
  if (steps.length === 0) return null;
  const list = (
    <ul className={classes['steps']}>
      {steps.map(({ done, reason }) => (
        <li key={`${done} ${reason}`}>
          <b>{done}.</b> {reason}
        </li>
      ))}
    </ul>
  );
  if (!isFolded) return list;
  return (
    <details className={classes['folded']}>
      <summary>What is changed, and why</summary>
      {list}
    </details>
  );
}
