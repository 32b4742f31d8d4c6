import { Radio, SegmentedControl, Text, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { FORMAT_SETTING } from '#platforms/core';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { channelTitle, networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { formatName, formatsInWords } from './format.js';
import { PLACES } from './places.js';

/** More choices are folded: the text comes first. */
const MOST_SHOWN = 2;

/** Which kind of post it is, where a network has several: for the channel whose tab is open, or for each that has the choice. */
export function FormatPart() {
  const { selected, tab } = useComposer();
  const [isOpen, setOpen] = useState(false);
  const item = selected.find(({ channel }) => channel.id === tab);
  if (item) return <FormatChoice item={item} />;
  const choosable = selected.filter(({ format }) => format !== undefined);
  if (choosable.length === 0) return null;
  const isFolded = choosable.length > MOST_SHOWN;
  return (
    <section className={classes['formats']} aria-label="Formats">
      {isFolded && (
        <div>
          <Text span size="sm">
            {formatsInWords(choosable.map((one) => chosenFormat(one, channelTitle(one, selected))))}
          </Text>{' '}
          <UnstyledButton className={classes['quiet'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide the formats' : 'Choose formats'}
          </UnstyledButton>
        </div>
      )}
      {(isOpen || !isFolded ? choosable : []).map((one) => (
        <FormatRow key={one.channel.id} item={one} title={channelTitle(one, selected)} />
      ))}
    </section>
  );
}

function chosenFormat({ platform, format }: SelectedChannel, title: string) {
  return { title, label: format?.label ?? '', isUsual: formatName(platform, format) === undefined };
}

function useFormat({ channel, platform, format }: SelectedChannel) {
  const { dispatch } = useComposer();
  return {
    formats: platform?.formats ?? [],
    value: format?.id ?? '',
    choose: (value: string) => dispatch({ type: 'setting', channelId: channel.id, name: FORMAT_SETTING, value }),
  };
}

/** One line of a channel: its sign and its formats. */
function FormatRow({ item, title }: { item: SelectedChannel; title: string }) {
  const { formats, value, choose } = useFormat(item);
  return (
    <div className={classes['formatRow']}>
      <span className={classes['formatChannel']}>
        <PlatformIcon platform={item.channel.platform} size={18} />
        <Text span size="sm" truncate>
          {title}
        </Text>
      </span>
      <SegmentedControl
        size="xs"
        aria-label={`Format on ${title}`}
        data={formats.map(({ id, label }) => ({ value: id, label }))}
        value={value}
        onChange={choose}
      />
    </div>
  );
}

/** The formats of one channel with what each is. */
function FormatChoice({ item }: { item: SelectedChannel }) {
  const { formats, value, choose } = useFormat(item);
  if (formats.length === 0) return null;
  const findings = item.findings.filter(({ cause }) => cause.part === 'setting' && cause.name === FORMAT_SETTING);
  const name = `Format on ${networkName(item)}`;
  return (
    <section className={classes['formatPart']} id={PLACES.format} tabIndex={-1}>
      <Title order={2} size="h4" mb="xs">
        {name}
      </Title>
      <Radio.Group value={value} onChange={choose} label={name} labelProps={{ className: 'visually-hidden' }}>
        <div className={classes['formatCards']}>
          {formats.map(({ id, label, help }) => (
            <Radio.Card key={id} value={id} className={classes['formatCard'] ?? ''}>
              <Radio.Indicator size="xs" mt={3} />
              <span className={classes['formatWords']}>
                <Text span size="sm" fw={600}>
                  {label}
                </Text>
                <Text span size="xs" c="dimmed">
                  {help}
                </Text>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <FindingList findings={findings} />
    </section>
  );
}
