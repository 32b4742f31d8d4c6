import { type PracticePost, threadsOf } from './threads.js';

const post = (id: string, second: number, more: Partial<PracticePost> = {}) =>
  ({ platform: 'threads', account: 'ann', id, at: `2026-11-23T09:00:0${second}.000Z`, ...more }) as PracticePost;
const idsOf = (posts: PracticePost[]) =>
  threadsOf(posts).map(({ post: { id }, replies }) => [id, ...replies.map((reply) => reply.id)]);

describe('posts of the practice feed', () => {
  it('have what answers them below them, oldest first', () => {
    const third = post('third', 3, { replyTo: 'second' });
    const second = post('second', 2, { replyTo: 'first' });
    expect(idsOf([post('later', 4), third, second, post('first', 1)])).toEqual([
      ['later'],
      ['first', 'second', 'third'],
    ]);
  });

  it('stand alone where what they answer is not there, is another network’s, or is themselves', () => {
    const lost = post('lost', 1, { replyTo: 'gone' });
    const elsewhere = post('elsewhere', 2, { platform: 'bluesky', replyTo: 'lost' });
    const circle = [post('a', 3, { replyTo: 'b' }), post('b', 4, { replyTo: 'a' })];
    expect(idsOf([lost, elsewhere, ...circle])).toEqual([['lost'], ['elsewhere'], ['a'], ['b']]);
  });
});
