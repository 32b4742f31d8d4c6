import { useQuery } from '@tanstack/react-query';
import { filterWith, type Understanding, understandingsOf } from './find.js';
import { type AttentionFilter, type CauseCount, understoodQuery } from './queries.js';
import { type AttentionSearch, periodStart } from './search.js';

/** The address as the API takes it. What was pasted is understood first: `pending` until then. */
export function useFilter(search: AttentionSearch): {
  filter: AttentionFilter;
  understood: Understanding | undefined;
  pending: boolean;
} {
  const { find, cause, workspace, channel, network, due } = search;
  const base: AttentionFilter = {
    ...(cause !== undefined && { cause: cause as CauseCount['cause'] }),
    ...(workspace !== undefined && { workspaceId: workspace }),
    ...(channel !== undefined && { channelId: channel }),
    ...(network !== undefined && { platform: network }),
    ...(due !== undefined && { from: periodStart(due, Date.now()), to: new Date(nextHour()).toISOString() }),
  };
  const query = useQuery(understoodQuery(find ?? '', find === undefined ? [] : understandingsOf(find), base));
  if (find === undefined) return { filter: base, understood: undefined, pending: false };
  const [likeliest] = understandingsOf(find);
  // While the API cannot be reached, the likeliest meaning stands, so that the list itself says what is wrong.
  const understood = query.data ?? (query.isError ? likeliest : undefined);
  return { filter: understood ? filterWith(base, understood) : base, understood, pending: understood === undefined };
}

const HOUR_MS = 3_600_000;

/** Whole hours, so that the list is not another one with every second. */
function nextHour(): number {
  return Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;
}
