import { Button, Text } from '@mantine/core';
import { PlatformIcon } from '../ui/platform-icon.js';
import { ProblemDot } from './channel-chip.js';
import { byNetwork, chosenInWords } from './channel-choice.js';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';

interface ChosenChannelsProps {
  selected: readonly SelectedChannel[];
  onChange: () => void;
}

/** Where the post goes, in one line. */
export function ChosenChannels({ selected, onChange }: ChosenChannelsProps) {
  const { channels } = useComposer();
  const problems = (items: readonly SelectedChannel[]) => items.reduce((sum, { findings }) => sum + findings.length, 0);
  return (
    <div className={classes['chosen']}>
      <Text size="sm" fw={550}>
        {chosenInWords(selected.length, channels.length)}
      </Text>
      <ul className={classes['chosenSigns']} aria-label="Chosen channels">
        {byNetwork(selected).map(({ platform, items }) => {
          const names = items.map(({ channel }) => channel.name).join(', ');
          return (
            <li key={platform} title={`${items[0] ? networkName(items[0]) : platform}: ${names}`}>
              <PlatformIcon platform={platform} size={22} />
              <span className="visually-hidden">{names}</span>
              {items.length > 1 && (
                <span className={classes['chosenCount']} aria-hidden>
                  {items.length}
                </span>
              )}
              {problems(items) > 0 && <ProblemDot count={problems(items)} />}
            </li>
          );
        })}
      </ul>
      <Button variant="default" size="compact-sm" onClick={onChange}>
        Change channels
      </Button>
    </div>
  );
}
