import { type Schema } from '../api/client.js';
import { costInWords, usesInWords } from '../ui/costs.js';
import { formatMoney } from '../ui/numbers.js';

/** What publishing on one channel will cost. */
export type ChannelCosts = Schema<'ChannelCostsDto'>;

/** The same, with what the channel is called here. */
export interface NamedCosts extends ChannelCosts {
  title: string;
}

/** `X: about $0.20 for a post that holds a link.` For practice, what it would cost. */
export function costSentence({ title, practice, costs }: NamedCosts): string {
  if (!practice) return `${title}: about ${costInWords(costs)}.`;
  return `${title}: nothing, as it is practice. For real it would be about ${costInWords(costs)}.`;
}

/** The same in the tab of the channel, where its name stands already. */
export function ownCostSentence({ practice, costs, usd }: ChannelCosts): string {
  const reason = `for ${usesInWords(costs)}`;
  if (!practice) return `Publishing here costs about ${formatMoney(usd)}, ${reason}.`;
  return `Practice costs nothing. For real it would be about ${formatMoney(usd)}, ${reason}.`;
}

/** What publishing costs in all, in a sentence or two. Undefined where it costs nothing. */
export function totalInWords(all: readonly NamedCosts[]): string | undefined {
  const charged = all.filter(({ usd }) => usd > 0);
  const real = charged.filter(({ practice }) => !practice);
  const [first] = charged;
  if (!first) return undefined;
  if (charged.length === 1) return costSentence(first);
  if (real.length === 0) {
    return `Practice costs nothing. For real it would be about ${formatMoney(sum(charged))} on ${charged.length} channels.`;
  }
  const channels = real.length === 1 ? 'one channel' : `${real.length} channels`;
  return `Publishing costs about ${formatMoney(sum(real))} on ${channels}.`;
}

/** Whether there is more to say than the one sentence. */
export function isSplit(all: readonly NamedCosts[]): boolean {
  return all.filter(({ usd }) => usd > 0).length > 1;
}

function sum(costs: readonly ChannelCosts[]): number {
  return costs.reduce((total, { usd }) => total + usd, 0);
}
