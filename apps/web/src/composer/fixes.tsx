import { Button, Group } from '@mantine/core';
import { FORMAT_SETTING } from '#platforms/core';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { takingOf } from './documents.js';
import { type DraftAction } from './draft.js';
import { type FindingGroup } from './findings.js';

interface Fix {
  label: string;
  actions: readonly DraftAction[];
  /** Leads to where it can be written for that channel alone. */
  opensTab?: boolean;
}

interface FixesProps {
  group: FindingGroup;
  /** The channels whose rule it is. */
  concerned: readonly SelectedChannel[];
}

/** What mends it with one press, for one channel alone. */
export function Fixes({ group, concerned }: FixesProps) {
  const { dispatch, setTab } = useComposer();
  const fixes = concerned.flatMap((item) => fixesFor(group, item).map((fix) => ({ ...fix, id: item.channel.id })));
  if (fixes.length === 0) return null;
  return (
    <Group gap="xs" mt={6}>
      {fixes.map(({ id, label, actions, opensTab }) => (
        <Button
          key={`${id} ${label}`}
          size="compact-sm"
          variant="default"
          onClick={() => {
            for (const action of actions) dispatch(action);
            if (opensTab) setTab(id);
          }}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}

function fixesFor({ rule, cause, own }: FindingGroup, item: SelectedChannel): Fix[] {
  const channelId = item.channel.id;
  const name = networkName(item);
  const takeOut: Fix = { label: `Take ${name} out`, actions: [{ type: 'toggle-channel', channelId }] };
  if (/\.thread-unsupported$/.test(rule)) {
    return [
      { label: `One text on ${name}`, actions: [{ type: 'as-one-text', channelId }] },
      { label: `Part 1 alone on ${name}`, actions: [{ type: 'no-thread', channelId }] },
      takeOut,
    ];
  }
  if (/\.first-comment-unsupported$/.test(rule)) {
    return [
      { label: `Leave it out on ${name}`, actions: [{ type: 'first-comment', channelId, value: '' }] },
      ...(item.channel.limits.text.max > 0
        ? [{ label: `Put it below the text on ${name}`, actions: [{ type: 'comment-in-text' as const, channelId }] }]
        : []),
      takeOut,
    ];
  }
  if (cause.part === 'setting' && !item.fields.some((field) => field.name === cause.name)) {
    return [{ label: 'Take the setting out', actions: [{ type: 'setting', channelId, name: cause.name, value: '' }] }];
  }
  if (/\.(media-document|kind)-unsupported$/.test(rule)) {
    const taking = takingOf(item, name);
    if (taking.takes !== 'as') return [takeOut];
    const choose = { type: 'setting' as const, channelId, name: FORMAT_SETTING, value: taking.formatId };
    return [{ label: `Choose “${taking.formatLabel}” on ${name}`, actions: [choose] }];
  }
  // What is written for the channel alone is mended where it is written.
  if (own) return [];
  if (/\.text-unsupported$/.test(rule) && cause.part === 'text' && cause.at === undefined) {
    return [{ label: `Leave the text out on ${name}`, actions: [{ type: 'text', channelId, value: '' }] }];
  }
  if (/\.text-too-/.test(rule)) {
    if (cause.part === 'comment') return [ownVersion('first comment', 'own-comment')];
    const isPart = cause.part === 'text' && cause.at !== undefined;
    return [isPart ? ownVersion('thread', 'own-thread') : ownVersion('text', 'own-text')];
  }
  if (/\.link-(with-media|unsupported|too-long)$/.test(rule)) {
    return [{ label: `Leave the link out on ${name}`, actions: [{ type: 'link', channelId, value: '' }] }];
  }
  if (/\.media-(too-many|image-unsupported)$/.test(rule)) {
    if (cause.part === 'media' && cause.at !== undefined) return [ownVersion('thread', 'own-thread')];
    return [{ label: `Choose other images for ${name}`, actions: [{ type: 'own-media', channelId }], opensTab: true }];
  }
  return [];

  function ownVersion(what: string, type: 'own-text' | 'own-thread' | 'own-comment'): Fix {
    return { label: `Write a different ${what} for ${name}`, actions: [{ type, channelId }], opensTab: true };
  }
}
