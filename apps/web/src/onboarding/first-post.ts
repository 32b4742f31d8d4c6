import { type FieldError } from '../api/problem.js';
import { type Channel } from '../api/queries.js';

/** Channels that would publish now. */
export function readyChannels(channels: readonly Channel[]): Channel[] {
  return channels.filter(({ health, paused }) => health === 'healthy' && !paused);
}

/** Those that are chosen beforehand: a first try goes to practice channels, if there are any, and surprises nobody outside. */
export function chosenFirst(channels: readonly Channel[]): string[] {
  const ready = readyChannels(channels);
  const practice = ready.filter((channel) => channel.practice);
  return (practice.length > 0 ? practice : ready).map(({ id }) => id);
}

/** Whether an error is about the text, of the whole post or on one channel. */
export function isAboutText({ field }: Pick<FieldError, 'field'>): boolean {
  return /(^|\/)content\/text$/.test(field);
}

/** The errors about the text, each once, with the channel whose rule it is. */
export function textErrors(errors: readonly FieldError[], channels: readonly Channel[]): string[] {
  const lines = errors.filter(isAboutText).map(({ message, remedy, channelId }) => {
    const channel = channels.find(({ id }) => id === channelId);
    return `${channel ? `${channel.name}: ` : ''}${message} ${remedy}`;
  });
  return [...new Set(lines)];
}
