import { type Channel } from '../api/queries.js';
import { chosenFirst, isAboutText, readyChannels, textErrors } from './first-post.js';

const channel = (id: string, practice: boolean, more: Partial<Channel> = {}): Channel =>
  ({ id, name: `Channel ${id}`, practice, health: 'healthy', paused: false, ...more }) as Channel;

describe('the channels of a first post', () => {
  it('are practice channels alone, where there are any', () => {
    expect(chosenFirst([channel('real', false), channel('practice', true)])).toEqual(['practice']);
    expect(chosenFirst([channel('a', false), channel('b', false)])).toEqual(['a', 'b']);
  });

  it('leave out what could not publish now', () => {
    const channels = [
      channel('ok', true),
      channel('paused', true, { paused: true }),
      channel('dead', true, { health: 'disconnected' }),
    ];
    expect(readyChannels(channels).map(({ id }) => id)).toEqual(['ok']);
    expect(chosenFirst(channels)).toEqual(['ok']);
  });
});

describe('errors about the text', () => {
  const error = { rule: 'r', message: 'Too long.', remedy: 'Shorten it.' };

  it('are told at the text, each once, with their channel', () => {
    const errors = [
      { ...error, field: 'content/text', channelId: 'a' },
      { ...error, field: 'content/text', channelId: 'a' },
      { ...error, field: 'channels', message: 'Unknown.' },
    ];
    expect(textErrors(errors, [channel('a', true)])).toEqual(['Channel a: Too long. Shorten it.']);
    expect(textErrors([{ ...error, field: 'channels' }], [])).toEqual([]);
  });

  it('are recognised on one channel too', () => {
    expect(isAboutText({ field: 'channels/0/content/text' })).toBe(true);
    expect(isAboutText({ field: 'content/link' })).toBe(false);
  });
});
