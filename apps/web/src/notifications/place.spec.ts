import { bellName, placeOf } from './place.js';

const workspace = { id: 'w', name: 'North Roast' };
const subject = { id: 's', name: 'northroast', platform: 'bluesky', practice: false, commentId: null };

describe('placeOf', () => {
  it('leads from failures of a channel to what shares their cause there', () => {
    expect(placeOf({ cause: 'failed:media', workspace, subject: { ...subject, type: 'channel' } })).toEqual({
      to: '/attention',
      search: { cause: 'failed:media', workspace: 'w', channel: 's' },
    });
  });

  it('leads from what waits for an approval, and from what was said, to the post', () => {
    const post = { ...subject, type: 'post', platform: null } as const;
    expect(placeOf({ cause: 'approval:waiting', workspace, subject: post })).toEqual({
      to: '/w/$workspaceId/posts/$postId',
      params: { workspaceId: 'w', postId: 's' },
    });
  });

  it('leads from a broken sign-in to the channels of the workspace', () => {
    expect(placeOf({ cause: 'connection:dead', workspace, subject: { ...subject, type: 'connection' } })).toEqual({
      to: '/w/$workspaceId/channels',
      params: { workspaceId: 'w' },
    });
  });
});

it('says in the name of the bell how many are unread', () => {
  expect(bellName(0)).toBe('Notifications');
  expect(bellName(3)).toBe('Notifications, 3 unread');
});
