import { Button, Group } from '@mantine/core';
import { FORMAT_SETTING } from '#platforms/core';
import classes from './composer.module.css';
import { channelTitle, networkName, type SelectedChannel, useComposer } from './context.js';
import { takingOf } from './documents.js';
import { type FindingGroup } from './findings.js';
import { type Fix } from './fix.js';
import { mediaFixes } from './media-fixes.js';

interface FixesProps {
  group: FindingGroup;
  /** The channels whose rule it is. */
  concerned: readonly SelectedChannel[];
}

/** What mends it with one press, for one channel alone. */
export function Fixes({ group, concerned }: FixesProps) {
  const { dispatch, setTab } = useComposer();
  const fixes = mergedFixes(
    concerned.map((item) => ({ id: item.channel.id, fixes: fixesFor(group, item, concerned) })),
  );
  if (fixes.length === 0) return null;
  return (
    <Group gap="xs" mt={6}>
      {fixes.map(({ id, label, actions, opensTab }) => (
        <Button
          key={label}
          className={classes['fix'] ?? ''}
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

/** What is called the same is done on all of these channels by one press. @param of the fixes of each */
function mergedFixes(of: readonly { id: string; fixes: readonly Fix[] }[]): (Fix & { id: string })[] {
  const merged = new Map<string, Fix & { id: string }>();
  for (const { id, fixes } of of) {
    for (const fix of fixes) {
      const same = merged.get(fix.label);
      merged.set(fix.label, same ? { ...same, actions: [...same.actions, ...fix.actions] } : { ...fix, id });
    }
  }
  return [...merged.values()];
}

/** From so many different problems on, one press mends all that can be mended in the same way. */
const TOGETHER_FROM = 3;

interface TogetherProps {
  groups: readonly FindingGroup[];
  selected: readonly SelectedChannel[];
}

/** Where many networks refuse the same thing, each with words of its own: what mends it on all of them at once. */
export function FixTogether({ groups, selected }: TogetherProps) {
  const { dispatch } = useComposer();
  if (groups.length < TOGETHER_FROM) return null;
  const all = groups.flatMap((group) =>
    selected
      .filter(({ channel }) => group.channelIds.includes(channel.id))
      .flatMap((item) => fixesFor(group, item, selected).map((fix) => ({ ...fix, group }))),
  );
  const kinds = [...new Set(all.flatMap(({ together }) => together ?? []))].filter(
    (kind) => new Set(all.filter(({ together }) => together === kind).map(({ group }) => group)).size >= TOGETHER_FROM,
  );
  if (kinds.length === 0) return null;
  return (
    <Group gap="xs">
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="light"
          onClick={() => {
            for (const { together, actions } of all)
              if (together === kind) for (const action of actions) dispatch(action);
          }}
        >
          {kind}
        </Button>
      ))}
    </Group>
  );
}

/** @param concerned the channels among which it is named */
function fixesFor(
  { rule, cause, own }: FindingGroup,
  item: SelectedChannel,
  concerned: readonly SelectedChannel[],
): Fix[] {
  const channelId = item.channel.id;
  const name = networkName(item);
  const takeOut: Fix = { label: `Take ${name} out`, actions: [{ type: 'toggle-channel', channelId }] };
  if (/\.thread-unsupported$/.test(rule)) {
    return [
      { label: `One text on ${name}`, actions: [{ type: 'as-one-text', channelId }] },
      {
        label: `Part 1 alone on ${name}`,
        actions: [{ type: 'no-thread', channelId }],
        together: 'Part 1 alone on all of these',
      },
      takeOut,
    ];
  }
  if (/\.first-comment-unsupported$/.test(rule)) {
    return [
      {
        label: `Leave it out on ${name}`,
        actions: [{ type: 'first-comment', channelId, value: '' }],
        together: 'Leave the first comment out on all of these',
      },
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
  const ofFiles = mediaFixes({ rule, cause }, item, name);
  if (ofFiles.length > 0) return ofFiles;
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
    const actions = [{ type: 'link' as const, channelId, value: '' }];
    return [{ label: `Leave the link out on ${name}`, actions, together: 'Leave the link out on all of these' }];
  }
  if (/\.media-too-many$/.test(rule)) {
    if (cause.part === 'media' && cause.at !== undefined) return [ownVersion('thread', 'own-thread')];
    return [{ label: `Choose other images for ${name}`, actions: [{ type: 'own-media', channelId }], opensTab: true }];
  }
  return [];

  function ownVersion(what: string, type: 'own-text' | 'own-thread' | 'own-comment'): Fix {
    const title = channelTitle(item, concerned);
    return { label: `Write a different ${what} for ${title}`, actions: [{ type, channelId }], opensTab: true };
  }
}
