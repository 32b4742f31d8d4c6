import { bellName, placeOf } from './place.js';

const workspace = { id: 'w', name: 'North Roast' };
const subject = { id: 's', name: 'northroast', platform: 'bluesky', practice: false };

describe('placeOf', () => {
  it('leads from failures of a channel to what shares their cause there', () => {
    expect(placeOf({ cause: 'failed:media', workspace, subject: { ...subject, type: 'channel' } })).toEqual({
      to: '/attention',
      search: { cause: 'failed:media', workspace: 'w', channel: 's' },
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
