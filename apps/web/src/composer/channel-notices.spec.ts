import { noticesOf, presentNotices } from './channel-notices.js';
import { type SelectedChannel } from './context.js';

const chosen = (id: string, network: string, practice = false, notice?: string) =>
  ({
    channel: { id, platform: network.toLowerCase(), name: `Channel ${id}`, practice },
    platform: { id: network.toLowerCase(), name: network, notice },
  }) as SelectedChannel;

describe('what to know of networks', () => {
  const [one, other] = [chosen('1', 'X', false, 'Seen by nobody.'), chosen('2', 'X', false, 'Seen by nobody.')];

  it('is said once for each, and not of practice', () => {
    expect(noticesOf([one, other, chosen('3', 'Threads')])).toEqual([
      { key: 'x', platform: 'x', title: 'X', words: 'Seen by nobody.' },
    ]);
    expect(noticesOf([chosen('4', 'X', true, 'Seen by nobody.')])).toEqual([]);
  });

  it('just now is said of the channels that it is true of, once where it is the same', () => {
    const notice = (channelId: string) => ({ channelId, rule: 'x.budget', message: 'Not today.', remedy: 'Tomorrow.' });
    const found = presentNotices([notice('1'), notice('2'), notice('gone')], [one, other]);
    expect(found).toMatchObject([{ platform: 'x', title: 'Channel 1, Channel 2', words: 'Not today. Tomorrow.' }]);
    expect(presentNotices([notice('1')], [one])).toMatchObject([{ title: 'X' }]);
  });
});
