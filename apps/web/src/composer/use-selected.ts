import { useMemo } from 'react';
import { type Channel } from '../api/queries.js';
import { sentValues } from '../ui/manifest-values.js';
import { type Platform, type SelectedChannel } from './context.js';
import { counterOf } from './counters.js';
import { differencesOf, type Draft, effectiveContent } from './draft.js';
import { combineFindings, type Finding, isMissing } from './findings.js';
import { formatName, postedOn } from './format.js';
import { channelFindings, type NamedChannel, writtenFindings } from './local-findings.js';
import { scheduleFindings } from './schedule-rules.js';
import { useKinds } from './use-kinds.js';

interface SelectedInput {
  draft: Draft;
  channels: readonly Channel[];
  platforms: readonly Platform[];
  /** What the server found. */
  preflight: readonly Finding[];
  /** Whether it is about the draft as it is now, and not as it was a moment ago. */
  isKnown: boolean;
  /** Channels on which the post is out already. */
  out: ReadonlySet<string>;
  /** In milliseconds since 1970. */
  now: number;
  /** The time is the one at which it is scheduled already: it stands, whatever the clock says. */
  isTimeSettled: boolean;
}

/** The channels of the draft with what each gets, and every rule that stands against it. */
export function useSelected({
  draft,
  channels,
  platforms,
  preflight,
  isKnown,
  out,
  now,
  isTimeSettled,
}: SelectedInput) {
  const findings = useMemo(() => {
    const named = channels.map((channel): NamedChannel => {
      const platform = platforms.find(({ id }) => id === channel.platform);
      const target = draft.channels.find(({ id }) => id === channel.id);
      const posted = postedOn(channel, platform, target?.settings ?? {});
      return {
        ...channel,
        ...posted,
        formatName: formatName(platform, posted.format),
        networkName: platform?.name ?? channel.platform,
        docs: platform?.docs ?? '',
      };
    });
    const server = preflight.filter(
      (finding) =>
        // The time is looked at here, and a channel or a part may have been taken out since.
        finding.cause.part !== 'schedule' && isThere(draft, finding) && (isKnown || !isAnswered(draft, finding)),
    );
    const time = isTimeSettled ? [] : scheduleFindings(draft.schedule, now);
    const local = [...channelFindings(draft), ...(platforms.length > 0 ? writtenFindings(draft, named) : [])];
    const concerns = ({ channelId }: Finding) => channelId === undefined || !out.has(channelId);
    return {
      all: [...combineFindings(server, local), ...time].filter(concerns),
      // What needs no server to be known.
      sure: [...local, ...time].filter(concerns),
    };
  }, [draft, channels, platforms, preflight, isKnown, out, now, isTimeSettled]);

  const kindsOf = useKinds(draft);
  const selected = useMemo(
    () =>
      draft.channels.flatMap((target): SelectedChannel[] => {
        const channel = channels.find(({ id }) => id === target.id);
        if (!channel) return [];
        const platform = platforms.find(({ id }) => id === channel.platform);
        const written = effectiveContent(draft, target);
        const { limits, supports, format, fields } = postedOn(channel, platform, target.settings ?? {});
        const kinds = written.media.flatMap(({ id }) => kindsOf[id] ?? []);
        const content = { ...written, settings: sentValues(fields, written.settings, kinds) };
        return [
          {
            channel: { ...channel, limits },
            ...{ platform, target, content, kinds, supports, fields, format },
            counter: counterOf(content, limits.text),
            differences: differencesOf(draft, target, fields, kinds),
            findings: findings.all.filter(({ channelId }) => channelId === channel.id),
            isOut: out.has(channel.id),
          },
        ];
      }),
    [draft, channels, platforms, findings, out, kindsOf],
  );
  return { selected, findings: findings.all, sureFindings: findings.sure };
}

/** Whether a setting that was found to be missing holds something by now: nobody is told of it any more while it is looked at again. */
function isAnswered(draft: Draft, { cause, channelId, rule }: Finding): boolean {
  if (cause.part !== 'setting' || !isMissing({ rule })) return false;
  const value = draft.channels.find(({ id }) => id === channelId)?.settings?.[cause.name];
  return value !== undefined && value !== '' && value !== false;
}

/** Whether what a finding is about is still there. */
function isThere(draft: Draft, { cause, channelId, own }: Finding): boolean {
  const target = draft.channels.find(({ id }) => id === channelId);
  if (channelId !== undefined && !target) return false;
  if ((cause.part !== 'text' && cause.part !== 'media') || cause.at === undefined) return true;
  return cause.at < ((own ? target?.thread : undefined) ?? draft.thread).length;
}
