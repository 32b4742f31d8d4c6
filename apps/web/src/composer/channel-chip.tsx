import { IconCheck, IconFlask, IconPlugConnectedX, IconPlayerPause } from '@tabler/icons-react';
import { type Dispatch, memo } from 'react';
import { type Channel } from '../api/queries.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { type DraftAction } from './draft.js';

interface ChannelChipProps {
  channel: Channel;
  isChosen: boolean;
  /** It is out there already. */
  isOut: boolean;
  /** How many things stand against it. */
  problems: number;
  /** That it is for practice is to be seen on it. */
  isPracticeSaid: boolean;
  dispatch: Dispatch<DraftAction>;
}

/** One channel, to be switched on and off. Drawn anew only where something of it changed: there may be dozens. */
export const ChannelChip = memo(function ChannelChip(props: ChannelChipProps) {
  const { channel, isChosen, isOut, problems, isPracticeSaid, dispatch } = props;
  return (
    <label className={classes['chip']} data-checked={isChosen || undefined} title={channel.handle ?? channel.name}>
      <input
        type="checkbox"
        className={classes['chipInput']}
        checked={isChosen}
        disabled={isOut}
        onChange={() => dispatch({ type: 'toggle-channel', channelId: channel.id })}
      />
      <PlatformIcon platform={channel.platform} size={22} />
      <span className={classes['chipName']}>{channel.name}</span>
      {channel.practice && (
        <span className={classes['chipPractice']} title="On the practice network: nothing leaves this installation">
          {isPracticeSaid && <IconFlask size={15} stroke={1.8} aria-hidden />}
          <span className="visually-hidden">Practice</span>
        </span>
      )}
      {channel.health === 'disconnected' && <IconPlugConnectedX size={16} aria-label="Disconnected" />}
      {channel.paused && <IconPlayerPause size={16} aria-label="Paused" />}
      {isOut && <span className="visually-hidden">Already published there</span>}
      {isChosen && problems === 0 && <IconCheck size={16} className={classes['chipCheck']} aria-hidden />}
      {problems > 0 && <ProblemDot count={problems} />}
    </label>
  );
});

/** Says that something stands against a channel. */
export function ProblemDot({ count }: { count: number }) {
  return (
    <span className={classes['dot']}>
      <span className="visually-hidden">{count === 1 ? 'One problem' : `${count} problems`}</span>
    </span>
  );
}
