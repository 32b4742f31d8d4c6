import { type PlannedMedia } from './changes.js';
import { coversInWords } from './covers.js';

const plan = (channelId: string, action: NonNullable<PlannedMedia['cover']>['action'], reason?: string) =>
  ({ channelId, cover: { action, steps: [], ...(reason && { reason }) } }) as unknown as PlannedMedia;

describe('what becomes of a cover', () => {
  const name = (id: string) => id.toUpperCase();

  it('is told of every channel, once for all of which the same is true', () =>
    expect(
      coversInWords(
        [plan('a', 'keep'), plan('b', 'render'), plan('c', 'moment'), plan('d', 'none'), plan('e', 'none')],
        name,
      ),
    ).toEqual([
      'The image is the cover on A and B.',
      'The chosen frame is the cover on C.',
      'D and E choose the cover without asking.',
    ]));

  it('says why a channel does not take it', () =>
    expect(coversInWords([plan('a', 'refuse', 'It is too small.')], name)).toEqual([
      'A does not take the cover: It is too small.',
    ]));

  it('is nothing where none was chosen', () =>
    expect(coversInWords([{ channelId: 'a' } as unknown as PlannedMedia], name)).toEqual([]));
});
