import { Popover, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { namesInWords } from './previews/details.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { channelTitle, useCalmComposer } from './context.js';
import { type Finding, groupFindings } from './findings.js';

interface ProblemListProps {
  /** For `aria-describedby` of the button that they stand against. */
  id: string;
  problems: readonly Finding[];
  onProblem: (finding: Finding) => void;
}

/** How many problems there are; one is led to at once, of several each can be chosen. */
export function ProblemList({ id, problems, onProblem }: ProblemListProps) {
  const [isOpen, setOpen] = useState(false);
  const [first] = problems;
  // What says the same of several channels is solved in one place.
  const groups = groupFindings(problems);
  if (!first) return null;
  const words = groups.length === 1 ? 'One problem to solve' : `${groups.length} problems to solve`;
  const sign = <IconAlertCircleFilled size={16} aria-hidden />;
  if (groups.length === 1) {
    return (
      <UnstyledButton id={id} className={classes['reason'] ?? ''} onClick={() => onProblem(first)}>
        {sign}
        {words}
      </UnstyledButton>
    );
  }
  const lead = (finding: Finding) => {
    setOpen(false);
    // The list gives the focus back to its button when it closes: what is led to comes after that.
    setTimeout(() => onProblem(finding));
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" width={380} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <UnstyledButton id={id} className={classes['reason'] ?? ''} onClick={() => setOpen(!isOpen)}>
          {sign}
          {words}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label="Problems to solve">
        <ul className={classes['problems']}>
          {groups.map(({ channelIds, ...group }) => {
            const [channelId] = channelIds;
            const finding: Finding = { ...group, ...(channelId !== undefined && { channelId }) };
            return (
              <li key={`${group.rule} ${channelIds.join()} ${group.message}`}>
                <Problem channelIds={channelIds} message={group.message} onLead={() => lead(finding)} />
              </li>
            );
          })}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ProblemProps {
  /** None = everybody's. */
  channelIds: readonly string[];
  message: string;
  onLead: () => void;
}

function Problem({ channelIds, message, onLead }: ProblemProps) {
  const { selected } = useCalmComposer();
  const concerned = selected.filter(({ channel }) => channelIds.includes(channel.id));
  const [one] = concerned;
  return (
    <UnstyledButton className={classes['problem'] ?? ''} onClick={onLead}>
      <span className={classes['problemSign']} aria-hidden>
        {one ? (
          <PlatformIcon platform={one.channel.platform} size={18} />
        ) : (
          <IconAlertCircleFilled size={18} className={classes['error']} />
        )}
      </span>
      <span>
        <Text span size="sm" fw={600}>
          {one ? namesInWords(concerned.map((item) => channelTitle(item, selected))) : 'The post'}:
        </Text>{' '}
        <Text span size="sm">
          {message}
        </Text>
      </span>
    </UnstyledButton>
  );
}
