import { type AttentionItem } from './queries.js';

/** A publication and what is wrong with it as plain text, for a ticket. Times in UTC, so that everybody reads the same. */
export function summaryOf(item: AttentionItem, platformName: string, address: string): string {
  const { failure, held } = item;
  const lines: [name: string, value: string | undefined][] = [
    ['Client', item.workspaceName],
    ['Channel', `${item.channelName} on ${platformName}`],
    ['State', item.cause === 'late' ? `${item.state}, late` : item.state],
    ['Due', utc(item.dueAt)],
    ['Since', utc(item.updatedAt)],
    ['Attempts', String(item.attempts)],
    ['Held', held && `${held.message} ${held.remedy}`],
    ['Failure', failure && `${failure.kind}: ${failure.message}`],
    ['What to do', failure?.remedy],
    ['Code', failure?.platformCode],
    ['What came back', failure?.platformMessage],
    ['Request id', failure?.requestId],
    ['Publication', item.id],
    ['Post', `${item.postId}, revision ${item.revision}`],
    ['Address', address],
  ];
  const told = lines.filter(([, value]) => value !== undefined && value !== '');
  return `${item.text.trim() || 'A post without text'}\n\n${told.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`;
}

/** `2026-11-24 09:00:02 UTC`. */
function utc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
