import { rows, type Transaction } from '#kernel';

/** How many publications wait to go out on each of the channels, held ones too. Those without any are left out. */
export async function scheduledOn(tx: Transaction, channelIds: readonly string[]): Promise<Map<string, number>> {
  const counts = await rows<{ channel_id: string; count: number }>(
    tx,
    `select channel_id, sum(count)::int as count from (
       select channel_id, count(*) from publications
        where channel_id = any($1) and state in ('scheduled', 'preparing', 'ready', 'committing') group by 1
       union all
       select channel_id, count(*) from publications where channel_id = any($1) and state = 'held' group by 1) counted
      group by 1`,
    [channelIds],
  );
  return new Map(counts.map(({ channel_id: id, count }) => [id, count]));
}
