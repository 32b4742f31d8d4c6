import { explainPause } from './explain-pause.js';

const outage = (outage?: { together: 'channel' } | { together: 'host'; credential: string }) =>
  explainPause({ cause: 'outage', server: 'social.example' }, { name: 'Mastodon', ...(outage && { outage }) }).message;

it('names the server where others of the platform are well, and no receiver by its id', () => {
  expect(outage()).toMatch(/^Mastodon cannot be reached/);
  expect(outage({ together: 'host', credential: 'instance' })).toMatch(/^Mastodon \(social\.example\) cannot/);
  expect(outage({ together: 'channel' })).toMatch(/^A receiver of Mastodon cannot/);
});
