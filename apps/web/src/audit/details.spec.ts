import { detailsOf } from './details.js';

const time = (at: string) => `<${at}>`;

describe('the details of an entry', () => {
  it('say what was and what is', () => {
    const changes = {
      timeZone: { from: 'UTC', to: 'Europe/Berlin' },
      paused: { from: false, to: true },
      dueAt: { from: null, to: '2026-03-01T12:00:00Z' },
      workspaces: { to: { 'North Roast': 'author' } },
      actions: { to: ['workspace.read', 'posts.write'] },
    };
    expect(detailsOf({ reason: 'Ticket 12', changes }, time)).toEqual([
      { label: 'Time zone', from: 'UTC', to: 'Europe/Berlin' },
      { label: 'Paused', from: 'no', to: 'yes' },
      { label: 'Due', from: 'none', to: '<2026-03-01T12:00:00Z>' },
      { label: 'Workspaces', to: 'North Roast: author' },
      {
        label: 'Permissions',
        to: 'see workspaces and everything in them, write, schedule and delete posts, and upload media',
      },
      { label: 'Reason', to: 'Ticket 12' },
    ]);
  });

  it('say nothing where there is nothing to say, and show what they do not know as it is', () => {
    expect(detailsOf({}, time)).toEqual([]);
    expect(detailsOf({ changes: 'x', count: 3 }, time)).toEqual([{ label: 'count', to: '3' }]);
  });
});
