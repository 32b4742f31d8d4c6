import { type Schema } from '../api/client.js';

type Spending = Schema<'SpendingDto'>;
type ChannelSpending = Schema<'ChannelSpendingDto'>;

const HEAD = ['Charged', 'Channel', 'Network', 'Use', 'Count', 'US dollars'];

/** What spending is called whose channel is not known. */
export function channelName({ channelId, name }: Pick<ChannelSpending, 'channelId' | 'name'>): string {
  if (channelId === null) return 'Connecting of accounts';
  return name ?? 'A channel that is gone';
}

/**
 * A month's spending as a table of comma-separated values (RFC 4180): a line for each kind of use on each channel, practice last.
 * @param networkName by the platform's id
 */
export function spendingCsv(spending: Spending, networkName: (platform: string) => string): string {
  const lines = (channels: readonly ChannelSpending[], charged: string) =>
    channels.flatMap((channel) =>
      channel.prices.map(({ platform, label, count, usd }) => [
        ...[charged, channelName(channel), networkName(platform), label],
        ...[String(count), String(usd)],
      ]),
    );
  const all = [HEAD, ...lines(spending.channels, 'yes'), ...lines(spending.practice.channels, 'no, practice')];
  return `${all.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Programs for tables take what begins like a formula for one. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
