import { noticeOf, usedBy } from './connection-words.js';

const workspace = (name: string, channels: number) => ({
  id: name,
  name,
  channels: Array.from({ length: channels }, (_, index) => ({ id: `${index}`, platform: 'bluesky', name: 'x' })),
});

describe('what hangs on a connection', () => {
  it('is named where it may be, and counted where not', () => {
    const workspaces = [workspace('Bakery', 1), workspace('Roastery', 2)];
    expect(usedBy({ workspaces, hidden: { workspaces: 0, channels: 0 } })).toBe(
      'Bakery (1 channel), Roastery (2 channels)',
    );
    expect(usedBy({ workspaces: [], hidden: { workspaces: 1, channels: 3 } })).toBe(
      '1 workspace that you do not see (3 channels)',
    );
    expect(usedBy({ workspaces: [], hidden: { workspaces: 0, channels: 0 } })).toBe('No workspace');
  });
});

describe('the notice of a connection that works', () => {
  const missing = (required: boolean) => [{ scope: 's', required, feature: 'Publishing' }];

  it('is given before it ends, and where it cannot publish', () => {
    expect(
      noticeOf(
        { status: 'expiring', missingScopes: [], validUntil: '2026-11-30T18:47:00Z', renewsAt: null, expiryNote: null },
        'Facebook',
      ),
    ).toMatchObject({ title: 'This sign-in ends', endsAt: '2026-11-30T18:47:00Z' });
    const failing = {
      status: 'expiring' as const,
      missingScopes: [],
      validUntil: '2026-11-30T18:47:00Z',
      renewsAt: '2026-11-24T09:00:00Z',
      expiryNote: null,
    };
    expect(noticeOf(failing, 'Facebook')?.text).toMatch(/^Renewing it by itself did not work/);
    expect(
      noticeOf(
        { status: 'healthy', missingScopes: missing(true), validUntil: null, renewsAt: null, expiryNote: null },
        'Facebook',
      )?.text,
    ).toContain('Publishing');
  });

  it('names what ends where it is not the sign-in as a whole', () => {
    const ending = {
      status: 'expiring' as const,
      missingScopes: [],
      validUntil: '2026-11-30T18:47:00Z',
      renewsAt: null,
      expiryNote: 'Facebook’s permission',
    };
    expect(noticeOf(ending, 'Facebook')).toMatchObject({
      title: 'Facebook’s permission ends',
      endsAt: '2026-11-30T18:47:00Z',
    });
  });

  it('is not given for what is optional, nor beside a worse one', () => {
    expect(
      noticeOf(
        { status: 'healthy', missingScopes: missing(false), validUntil: null, renewsAt: null, expiryNote: null },
        'Facebook',
      ),
    ).toBeNull();
    expect(
      noticeOf(
        { status: 'disconnected', missingScopes: missing(true), validUntil: null, renewsAt: null, expiryNote: null },
        'Facebook',
      ),
    ).toBeNull();
  });
});
