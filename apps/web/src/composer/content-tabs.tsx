import { Tabs } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { PlatformIcon } from '../ui/platform-icon.js';
import { ProblemDot } from './channel-picker.js';
import classes from './composer.module.css';
import { channelTitle, useComposer } from './context.js';
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

/** What all channels may get. */
const SHARED: ReadonlySet<Cause['part']> = new Set(['text', 'link', 'media', 'thread', 'comment']);

/** What is said: to all channels, and what differs on each. */
export function ContentTabs() {
  const { selected, tab, setTab, findings } = useComposer();
  const common = findings.filter(({ own, cause }) => !own && SHARED.has(cause.part));
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  return (
    <Tabs
      value={tab ?? ALL}
      onChange={(value) => setTab(value === ALL || value === null ? undefined : value)}
      keepMounted={false}
      classNames={{ list: classes['tabList'] ?? '', tab: classes['tab'] ?? '' }}
    >
      {selected.length > 0 && (
        <Tabs.List ref={list} aria-label="What is written for">
          <Tabs.Tab value={ALL} rightSection={common.length > 0 ? <ProblemDot count={common.length} /> : null}>
            All channels
          </Tabs.Tab>
          {selected.map((item) => (
            <Tabs.Tab
              key={item.channel.id}
              value={item.channel.id}
              leftSection={
                <span aria-hidden className={classes['tabSign']}>
                  <PlatformIcon platform={item.channel.platform} size={18} />
                </span>
              }
              rightSection={<Marks differs={item.differences} problems={item.findings.length} />}
            >
              {channelTitle(item, selected)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      )}
      <Tabs.Panel value={tab ?? ALL} className={classes['panel']}>
        <FormatPart />
        <TextPart />
        <MediaPart />
        <LinkPart />
        <ThreadSection />
        <CommentSection />
        <SettingsPart />
        <ChannelCost />
      </Tabs.Panel>
    </Tabs>
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
