import { Tabs, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import { PlatformIcon } from '../ui/platform-icon.js';
import { ProblemDot } from './channel-chip.js';
import { sortedByNetwork } from './channel-choice.js';
import classes from './composer.module.css';
import { channelTitle, networkName, type SelectedChannel, useCalmComposer, useComposer } from './context.js';
import { CommentSection } from './comment-section.js';
import { ChannelCost } from './cost-note.js';
import { type Cause } from './findings.js';
import { FormatPart } from './format-part.js';
import { MediaPart } from './media-part.js';
import { LinkPart } from './link-part.js';
import { SettingsPart } from './settings-part.js';
import { TextPart } from './text-part.js';
import { ThreadSection } from './thread-section.js';

const ALL = 'all';

/** From so many on a tab is a sign, so that all of them are in sight. */
const MANY = 5;

/** What all channels may get. */
const SHARED: ReadonlySet<Cause['part']> = new Set(['text', 'link', 'media', 'thread', 'comment']);

/** What is said: to all channels, and what differs on each. */
export const ContentTabs = memo(function ContentTabs() {
  const { selected, tab, setTab, findings } = useCalmComposer();
  const common = findings.filter(({ own, cause }) => !own && SHARED.has(cause.part));
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (list.current && chosen) showWithin(list.current, chosen);
  }, [tab]);
  const isMany = selected.length >= MANY;
  return (
    <Tabs
      value={tab ?? ALL}
      onChange={(value) => setTab(value === ALL || value === null ? undefined : value)}
      keepMounted={false}
      classNames={{ list: classes['tabList'] ?? '', tab: classes['tab'] ?? '', tabLabel: classes['tabLabel'] ?? '' }}
    >
      {selected.length > 0 && (
        <Tabs.List ref={list} aria-label="What is written for" data-many={isMany || undefined}>
          <Tabs.Tab value={ALL} rightSection={common.length > 0 ? <ProblemDot count={common.length} /> : null}>
            All channels
          </Tabs.Tab>
          {(isMany ? sortedByNetwork(selected.map(withPlatform)).map(({ item }) => item) : selected).map((item) => (
            <Tabs.Tab
              key={item.channel.id}
              value={item.channel.id}
              title={item.channel.name}
              leftSection={
                <span aria-hidden className={classes['tabSign']}>
                  <PlatformIcon platform={item.channel.platform} size={18} />
                </span>
              }
              rightSection={<Marks differs={item.differences} problems={item.findings.length} />}
            >
              <TabName item={item} selected={selected} isShort={isMany} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
      )}
      <Tabs.Panel value={tab ?? ALL} className={classes['panel']}>
        <Written />
      </Tabs.Panel>
    </Tabs>
  );
});

/** Scrolls the list alone, never the page: where the focus was led to something to solve, that stays in sight. */
function showWithin(list: HTMLElement, chosen: HTMLElement): void {
  const [outer, inner] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  const beyond = (start: number, end: number) => Math.min(start, 0) + Math.max(end, 0);
  list.scrollBy({
    left: beyond(inner.left - outer.left, inner.right - outer.right),
    top: beyond(inner.top - outer.top, inner.bottom - outer.bottom),
  });
}

function withPlatform(item: SelectedChannel) {
  return { item, platform: item.channel.platform };
}

interface TabNameProps {
  item: SelectedChannel;
  selected: readonly SelectedChannel[];
  isShort: boolean;
}

/** Where the sign says which channel it is, the words are for those who do not see it. */
function TabName({ item, selected, isShort }: TabNameProps) {
  const title = channelTitle(item, selected);
  const network = networkName(item);
  const isSignEnough = isShort && title === network;
  return (
    <>
      <span className={isSignEnough ? 'visually-hidden' : classes['tabName']}>{title}</span>
      {title !== network && <span className="visually-hidden"> on {network}</span>}
    </>
  );
}

/** Everything that can be written, in one column. It holds the inputs, and so follows at once. */
const Written = memo(function Written() {
  const { selected, tab } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  return (
    <>
      {item && selected.length >= MANY && <TabHead item={item} />}
      <FormatPart />
      <TextPart />
      <MediaPart />
      <LinkPart />
      <ThreadSection />
      <CommentSection />
      <SettingsPart />
      <ChannelCost />
    </>
  );
});

/** Whose tab it is, where the tabs are signs. */
function TabHead({ item }: { item: SelectedChannel }) {
  const { channel, differences } = item;
  return (
    <div className={classes['tabHead']}>
      <PlatformIcon platform={channel.platform} size={20} />
      <Text span size="sm" fw={600}>
        {networkName(item)} · {channel.name}
      </Text>
      <Text span size="sm" c="dimmed">
        {differences.length > 0 ? `differs from the others: ${differences.join(', ')}` : 'gets what all get'}
      </Text>
    </div>
  );
}

function Marks({ differs, problems }: { differs: readonly string[]; problems: number }) {
  if (differs.length === 0 && problems === 0) return null;
  return (
    <span className={classes['marks']}>
      {differs.length > 0 && (
        <span className={classes['differs']} title={`Differs: ${differs.join(', ')}`}>
          <IconPencil size={14} aria-hidden />
          <span className="visually-hidden">differs: {differs.join(', ')}</span>
        </span>
      )}
      {problems > 0 && <ProblemDot count={problems} />}
    </span>
  );
}
