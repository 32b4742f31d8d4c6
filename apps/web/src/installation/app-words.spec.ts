import { budgetInWords, isPublicAddress, isSetUp, linesOf, usesOf, versionWarning } from './app-words.js';
import { type ApiVersion, type InstallationApp } from './apps.js';

const app = (more: Partial<InstallationApp> = {}): InstallationApp => ({
  ...{ name: 'facebook', title: 'Facebook', set: false, setBy: null, clientId: null, unreadable: false, entered: null },
  platforms: [
    { id: 'facebook', name: 'Facebook', ways: [], apiVersion: null, options: [], budgets: [] },
    { id: 'instagram', name: 'Instagram', ways: ['With Facebook'], apiVersion: null, options: [], budgets: [] },
  ],
  variables: { id: 'FACEBOOK_APP_ID', secret: 'FACEBOOK_APP_SECRET' },
  redirectUris: ['https://a.example/one', 'https://a.example/two'],
  callbacks: { deauthorize: 'https://a.example/gone', dataDeletion: null, webhook: null, verifyToken: null },
  ...more,
});

describe('an app of the installation', () => {
  it('lists what to copy, and nothing that the network does not ask for', () => {
    expect(linesOf(app())).toEqual([
      { label: 'Redirect address', value: 'https://a.example/one' },
      { label: 'Redirect address', value: 'https://a.example/two' },
      { label: 'Deauthorize callback', value: 'https://a.example/gone' },
    ]);
  });

  it('says what it is for', () => {
    expect(usesOf(app())).toBe('Facebook, Instagram (With Facebook)');
  });

  it('is public only where its addresses are encrypted', () => {
    expect([isPublicAddress('https://a.example/x'), isPublicAddress('http://127.0.0.1:3000/x')]).toEqual([true, false]);
  });
});

it('what is used of a day is told with the end of that day, in the zone of whoever reads it', () => {
  const budget = { id: 'uploads', what: 'videos uploaded', used: 40, limit: 100, docs: 'https://a.example/quota' };
  const words = budgetInWords({ ...budget, resetsAt: '2026-11-24T08:00:00.000Z' }, 'Europe/Berlin');
  expect(words).toMatch(/^40 of 100 videos uploaded, until .*09:00.*\.$/);
});

describe('a version of an API', () => {
  const version: ApiVersion = {
    ...{ version: '202609', endsOn: '2027-09-15', daysLeft: 12, standing: 'ending' as const },
    ...{ variable: 'LINKEDIN_API_VERSION', docs: 'https://a.example/versions' },
  };
  const network = { name: 'LinkedIn' };

  it('is warned of before its end and after it, with what to do', () => {
    expect(versionWarning(network, version)).toEqual({
      title: 'This version of the API ends in 12 days',
      text: 'After that nothing can be published on LinkedIn with it. Update ClickPost, or set LINKEDIN_API_VERSION to a newer version and restart.',
    });
    expect(versionWarning(network, { ...version, daysLeft: 1 })?.title).toContain('in 1 day');
    const ended = versionWarning(network, { ...version, standing: 'ended', daysLeft: -3, variable: null });
    expect(ended?.text).toContain('Update ClickPost to a version that uses a newer one.');
    expect(versionWarning(network, { ...version, standing: 'current', daysLeft: 61 })).toBeUndefined();
  });
});

describe('whether a network can be connected', () => {
  const setup = [
    { platform: 'instagram', way: 'instagram-login', app: 'instagram', set: false },
    { platform: 'instagram', way: 'facebook-login', app: 'facebook', set: true },
    { platform: 'threads', way: null, app: 'threads', set: false },
  ];
  it('is a question of its app, or of one of its ways', () => {
    expect(isSetUp(setup, 'instagram')).toBe(true);
    expect(isSetUp(setup, 'instagram', 'instagram-login')).toBe(false);
    expect(isSetUp(setup, 'threads')).toBe(false);
  });

  it('is not doubted where no app is needed, or nothing is known yet', () => {
    expect(isSetUp(setup, 'mastodon')).toBe(true);
    expect(isSetUp(undefined, 'threads')).toBe(true);
  });
});
