import fc from 'fast-check';
import { describeEventTypes } from './describe.js';
import { messageOf } from './payload.js';
import { wants } from './wants.js';

const at = new Date('2027-03-01T09:00:00Z');
const event = (type: string, data: Record<string, unknown>, workspaceId: string | null = 'w1') => ({
  ...{ id: 'e1', organizationId: 'o1', workspaceId, type, data, at },
});
const sent = (type: string, data: Record<string, unknown>) =>
  JSON.parse(messageOf(event(type, data), 'https://click.example').payload) as {
    type: string;
    timestamp: string;
    data: Record<string, unknown>;
  };

describe('a payload', () => {
  it('says what happened, when, where, and where to read more', () => {
    expect(sent('publication.held', { publicationId: 'p2', postId: 'p1', heldReason: 'channel-paused' })).toEqual({
      type: 'publication.held',
      timestamp: '2027-03-01T09:00:00.000Z',
      data: {
        organizationId: 'o1',
        workspaceId: 'w1',
        publicationId: 'p2',
        postId: 'p1',
        heldReason: 'channel-paused',
        links: { post: 'https://click.example/v1/posts/p1', publication: 'https://click.example/v1/publications/p2' },
      },
    });
  });

  it('holds no text of more than 280 characters, however deep, and cuts none in the middle of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 250, maxLength: 600 }), (text) => {
        const { data } = sent('comment.created', { by: { names: [text] } });
        const [cut = ''] = (data['by'] as { names: string[] }).names;
        expect([...cut].length).toBeLessThanOrEqual(280);
        expect(cut).not.toMatch(/\p{Cs}/u);
        expect(text.startsWith(cut.replace(/…$/, '')) || text === cut).toBe(true);
      }),
    );
  });

  it('leaves addresses whole', () => {
    const permalink = `https://example.com/${'a'.repeat(400)}`;
    expect(sent('publication.published', { permalink }).data['permalink']).toBe(permalink);
  });

  it.each([
    ['post.created', { postId: 'p1' }, 'p1'],
    ['approval.decided', { postId: 'p1' }, 'p1'],
    ['comment.created', { postId: 'p1', commentId: 'c1' }, 'p1'],
    ['publication.held', { postId: 'p1', publicationId: 'p2' }, 'p2'],
    ['connection.expiring', { connectionId: 'k1' }, 'k1'],
    ['webhook.test', {}, 'e1'],
  ])('of %s is about what happened to one thing', (type, data, subject) => {
    expect(messageOf(event(type, data), '').subject).toBe(subject);
  });
});

describe('a webhook', () => {
  const made = { organizationId: 'o1', eventTypes: null, workspaceIds: null, createdAt: at };
  const told = { id: 'e1', organizationId: 'o1', workspaceId: 'w1', type: 'post.created', subject: 'p1', at };
  it.each([
    [true, 'everything', {}, {}],
    [true, 'what it names', { eventTypes: ['post.created'] }, {}],
    [false, 'what it does not name', { eventTypes: ['post.deleted'] }, {}],
    [true, 'what happens in its workspaces', { workspaceIds: ['w1'] }, {}],
    [false, 'what happens in others', { workspaceIds: ['w2'] }, {}],
    [true, 'what concerns the organization', {}, { workspaceId: null }],
    [
      false,
      'what concerns the organization, when it is for workspaces',
      { workspaceIds: ['w1'] },
      { workspaceId: null },
    ],
    [false, 'what happens in another organization', {}, { organizationId: 'o2' }],
    [false, 'what happened before it was made', {}, { at: new Date(at.getTime() - 1) }],
  ])('is told (%s) of %s', (expected, _, wish, happened) => {
    expect(wants({ ...made, ...wish }, { ...told, ...happened })).toBe(expected);
  });
});

describe('the catalogue', () => {
  it.each(describeEventTypes().map(({ type, when, example }) => [type, when, example] as const))(
    'describes %s in one sentence, with ids and without secrets',
    (type, when, example) => {
      expect(when).toMatch(/^[A-Z][^.!]*\.$/);
      expect(example).toMatchObject({ type, data: { organizationId: expect.any(String), links: expect.any(Object) } });
      expect(Object.keys((example['data'] as { links: object }).links)).not.toEqual([]);
      expect(JSON.stringify(example)).not.toMatch(/secret|password|token|credential/i);
    },
  );
});
