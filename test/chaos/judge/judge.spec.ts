import { type VisiblePost } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { type Intent } from '../ledger.js';
import { altTextOf, textOf } from '../plan-text.js';
import { type Evidence, type LogRow, type PublicationRow } from './evidence.js';
import { judge, type Verdict } from './judge.js';
import { repeatedByOneRequest } from './rules.js';
import { agreed, said, story } from './stories.js';

const DUE = Date.parse('2027-01-01T10:00:00.000Z');
const OUT = '2027-01-01T10:00:00.200Z';
const NOBODY = new Set<string>();

/** Somebody wants one text on one channel of Facebook, once. */
function intent(number: number, more: Partial<Intent> = {}): Intent {
  const saved = { standing: 'acknowledged', at: DUE - 60_000 } as const;
  return {
    ...{ post: number, postId: `post-${number}`, publicationId: `publication-${number}`, channelId: 'page' },
    ...{ network: 'facebook', account: '1', text: number, alone: true, parts: [{ kind: 'post', images: 0 }] },
    versions: [{ ...saved, value: 1 }],
    dues: [{ ...saved, value: DUE }],
    ...more,
  };
}

/** What the database says about it: out, with its receipt. */
function row(number: number, more: Partial<PublicationRow> = {}): PublicationRow {
  const state = more.state ?? 'published';
  const objectId = state === 'published' ? `1_${number}` : null;
  return {
    ...{
      id: `publication-${number}`,
      postId: `post-${number}`,
      channelId: 'page',
      state,
      heldReason: null,
      version: 2,
    },
    texts: [textOf(number, 1)],
    segments: [{ position: 0, outcome: objectId && 'published', objectId, fences: 1 }],
    log: [entry(1, 'fenced', 'committing'), entry(2, state, state)],
    ...more,
  };
}

function entry(version: number, kind: string, state: string, exchanges: LogRow['exchanges'] = []): LogRow {
  return { version, at: DUE + version, kind, state, exchanges };
}

/** What can be seen. */
function shown(number: number, more: Partial<VisiblePost> = {}): VisiblePost {
  const text = textOf(number, 1);
  return { platform: 'facebook', account: '1', id: `1_${number}`, text, media: [], at: OUT, ...more };
}

/** The request that made something visible. */
function made(...ids: string[]): RequestRecord {
  const request = { platform: 'facebook', operation: 'commit', method: 'POST', path: '/graph/v26.0/1/feed' } as const;
  return { ...request, at: OUT, status: 200, bytes: 0, delivered: true, shown: ids };
}

function verdict(evidence: Partial<Evidence>, blind = NOBODY): Verdict {
  return judge({ intents: [intent(1)], publications: [row(1)], visible: [], requests: [], ...evidence }, blind);
}

const NOTHING = { lost: 0, doubled: 0, wrongVersion: 0, unapproved: 0, unexplained: 0 };
const out = { visible: [shown(1)], requests: [made('1_1')] };

describe('what is right', () => {
  it('counts nothing against a post that is out once, as it was meant to be', () => {
    expect(verdict(out)).toMatchObject({ publications: 1, published: 1, wrong: NOTHING, findings: [] });
  });

  it('counts nothing against one that was cancelled and is not out', () => {
    const intents = [intent(1, { cancelled: 'acknowledged' })];
    expect(verdict({ intents, publications: [row(1, { state: 'cancelled' })] })).toMatchObject({
      cancelled: 1,
      wrong: NOTHING,
    });
  });

  it.each([
    ['took place', row(1, { state: 'cancelled' }), {}],
    ['did not', row(1), out],
  ])('lets a cancellation whose answer was lost end either way: it %s', (_name, publication, seen) => {
    const intents = [intent(1, { cancelled: 'perhaps' })];
    expect(verdict({ intents, publications: [publication], ...seen }).wrong).toEqual(NOTHING);
  });

  it('takes a corrected version for the same publication', () => {
    const publications = [row(1, { id: 'refused', state: 'cancelled' }), row(1, { id: 'corrected' })];
    expect(verdict({ ...out, publications })).toMatchObject({ publications: 1, published: 1, wrong: NOTHING });
  });
});

describe('lost', () => {
  it.each(['published', 'scheduled', 'preparing', 'ready', 'committing', 'cancelled'])(
    'counts one that nobody can see and that is %s',
    (state) => {
      expect(verdict({ publications: [row(1, { state })] }).wrong).toMatchObject({ lost: 1 });
    },
  );

  it('counts one that the database does not know at all', () => {
    expect(verdict({ publications: [] }).wrong).toEqual({ ...NOTHING, lost: 1 });
  });

  it('counts one of two twins that both took the same post for their own', () => {
    const twin = intent(2, { text: 1 });
    const publications = [row(1), { ...row(2), texts: [textOf(1, 1)], segments: row(1).segments }];
    expect(verdict({ ...out, intents: [intent(1), twin], publications }).wrong).toMatchObject({ lost: 1, doubled: 0 });
  });
});

describe('doubled', () => {
  it('counts a second request that was effective', () => {
    const visible = [shown(1), shown(1, { id: '1_99' })];
    expect(verdict({ visible, requests: [made('1_1'), made('1_99')] }).wrong).toEqual({ ...NOTHING, doubled: 1 });
  });

  it('counts a third one as well', () => {
    const visible = [shown(1), shown(1, { id: '1_98' }), shown(1, { id: '1_99' })];
    const requests = visible.map(({ id }) => made(id));
    expect(verdict({ visible, requests }).wrong).toEqual({ ...NOTHING, doubled: 2 });
  });

  it('counts a third post of two twins, and not the second', () => {
    const twin = intent(2, { text: 1 });
    const publications = [row(1), { ...row(2), texts: [textOf(1, 1)] }];
    const two = [shown(1), shown(1, { id: '1_2' })];
    const three = [...two, shown(1, { id: '1_3' })];
    const both = { intents: [intent(1), twin], publications };
    expect(verdict({ ...both, visible: two, requests: two.map(({ id }) => made(id)) }).wrong).toEqual(NOTHING);
    expect(verdict({ ...both, visible: three, requests: three.map(({ id }) => made(id)) }).wrong).toMatchObject({
      doubled: 1,
    });
  });

  it('tells apart what the network made twice of one request', () => {
    const requests = [made('1_1', '1_99')];
    expect(repeatedByOneRequest(requests)).toBe(1);
    expect(repeatedByOneRequest([made('1_1'), made('1_99')])).toBe(0);
  });
});

describe('wrong version', () => {
  const edited = (standing: 'acknowledged' | 'perhaps', more: Partial<Intent> = {}) => {
    const saved = { standing: 'acknowledged', at: DUE - 60_000 } as const;
    return intent(1, {
      versions: [
        { ...saved, value: 1 },
        { value: 2, standing, at: DUE - 1_000 },
      ],
      ...more,
    });
  };

  it('counts the old version after an edit that was acknowledged', () => {
    expect(verdict({ ...out, intents: [edited('acknowledged')] }).wrong).toEqual({ ...NOTHING, wrongVersion: 1 });
  });

  it('lets an edit whose answer was lost end either way', () => {
    expect(verdict({ ...out, intents: [edited('perhaps')] }).wrong).toEqual(NOTHING);
  });

  it('lets a channel that was past its fence keep the old one, where the post goes to others too', () => {
    const fenced = { ...entry(1, 'fenced', 'committing'), at: DUE - 2_000 };
    const publications = [row(1, { log: [fenced, entry(2, 'published', 'published')] })];
    const intents = [edited('acknowledged', { alone: false })];
    expect(verdict({ ...out, intents, publications }).wrong).toEqual(NOTHING);
    expect(verdict({ ...out, intents }).wrong).toMatchObject({ wrongVersion: 1 });
  });

  it('counts a text that the database does not have', () => {
    const publications = [row(1, { texts: [textOf(1, 2)] })];
    expect(verdict({ ...out, publications, intents: [edited('perhaps')] }).wrong).toEqual({
      ...NOTHING,
      wrongVersion: 1,
    });
  });

  it('counts one that was out before the time to which it was moved', () => {
    const dues = [...intent(1).dues, { value: DUE + 5_000, standing: 'acknowledged' as const, at: DUE - 1_000 }];
    expect(verdict({ ...out, intents: [intent(1, { dues })] }).wrong).toEqual({ ...NOTHING, wrongVersion: 1 });
  });

  it.each([
    ['lets the clocks of one machine differ a little', 90, 0],
    ['counts one that was out before its time', 110, 1],
  ])('%s', (_what, early, wrongVersion) => {
    const visible = [shown(1, { at: new Date(DUE - early).toISOString() })];
    expect(verdict({ ...out, visible }).wrong).toEqual({ ...NOTHING, wrongVersion });
  });

  it('counts missing and foreign images', () => {
    const media = [{ contentType: 'image/png', bytes: 9, digest: 'd', altText: altTextOf(1, 0) }];
    const visible = [shown(1, { media })];
    const withImages = (images: number) => [intent(1, { parts: [{ kind: 'post', images }] })];
    expect(verdict({ ...out, visible, intents: withImages(1) }).wrong).toEqual(NOTHING);
    expect(verdict({ ...out, visible, intents: withImages(2) }).wrong).toMatchObject({ wrongVersion: 1 });
    expect(verdict({ ...out, visible }).wrong).toMatchObject({ wrongVersion: 1 });
  });
});

describe('unapproved', () => {
  it('counts what is out although its cancellation was acknowledged', () => {
    const intents = [intent(1, { cancelled: 'acknowledged' })];
    expect(verdict({ ...out, intents }).wrong).toEqual({ ...NOTHING, unapproved: 1 });
  });

  it('counts what is out although the database says that it was cancelled', () => {
    const intents = [intent(1, { cancelled: 'perhaps' })];
    const publications = [row(1, { state: 'cancelled' })];
    expect(verdict({ ...out, intents, publications }).wrong).toMatchObject({ unapproved: 1 });
  });

  it('counts what is out although not everybody agreed to it', () => {
    const missing = [intent(1, { approval: story(agreed(DUE - 5_000).slice(0, -1)) })];
    expect(verdict({ ...out, intents: missing })).toMatchObject({
      wrong: { ...NOTHING, unapproved: 1 },
      approvals: { 'went out approved': 0 },
    });
    const other = [intent(1, { approval: story(agreed(DUE - 5_000, 2)) })];
    expect(verdict({ ...out, intents: other }).wrong).toEqual({ ...NOTHING, unapproved: 1 });
    const whole = [intent(1, { approval: story(agreed(DUE - 5_000)) })];
    expect(verdict({ ...out, intents: whole })).toMatchObject({
      wrong: NOTHING,
      approvals: { 'went out approved': 1, 'may have been approved or not': 0 },
    });
  });

  it('counts what is out although the approval was taken back before its fence, and not what followed it', () => {
    const back = (at: number) => said(at, 0, 1, { verdict: 'request-changes' });
    const before = [intent(1, { approval: story([...agreed(DUE - 5_000), back(DUE - 1_000)]) })];
    expect(verdict({ ...out, intents: before }).wrong).toEqual({ ...NOTHING, unapproved: 1 });
    const after = [intent(1, { approval: story([...agreed(DUE - 5_000), back(DUE + 1_000)]) })];
    expect(verdict({ ...out, intents: after }).wrong).toEqual(NOTHING);
  });

  it('lets a decision whose answer was lost end either way, and says so', () => {
    const [request, ...three] = agreed(DUE - 5_000);
    const perhaps = three.map((one) => ({ ...one, standing: 'perhaps' as const }));
    const intents = [intent(1, { approval: story([request!, ...perhaps]) })];
    expect(verdict({ ...out, intents })).toMatchObject({
      wrong: NOTHING,
      approvals: { 'went out approved': 0, 'may have been approved or not': 1 },
    });
    const held = [row(1, { state: 'held', heldReason: 'approval-missing' })];
    expect(verdict({ intents, publications: held }).wrong).toEqual(NOTHING);
  });
});

describe('unexplained', () => {
  const upload = { method: 'POST', path: '/facebook/graph/v26.0/1/photos' };
  const failed = (exchanges: LogRow['exchanges']) =>
    row(1, {
      state: 'failed',
      log: [entry(1, 'attempt-started', 'preparing'), entry(2, 'failed', 'failed', exchanges)],
    });
  const fault: RequestRecord = {
    ...{ platform: 'facebook', operation: 'prepare', method: 'POST', path: '/graph/v26.0/1/photos' },
    ...{
      at: new Date(DUE - 500).toISOString(),
      status: 400,
      bytes: 0,
      delivered: true,
      shown: [],
      fault: 'refuse-bad-request',
    },
  };

  it('accepts a failure whose last answer was an injected one', () => {
    expect(verdict({ publications: [failed([upload])], requests: [fault] })).toMatchObject({
      failed: 1,
      wrong: NOTHING,
    });
  });

  it.each([
    ['nothing was injected', [{ ...fault, fault: undefined } as unknown as RequestRecord]],
    ['something else was', [{ ...fault, path: '/graph/v26.0/2/photos' }]],
    ['it was injected long before', [{ ...fault, at: new Date(DUE - 600_000).toISOString() }]],
    ['it was injected later', [{ ...fault, at: new Date(DUE + 60_000).toISOString() }]],
  ])('counts a failure when %s', (_name, requests) => {
    expect(verdict({ publications: [failed([upload])], requests }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('lets one injected answer explain one failure', () => {
    const publications = [failed([upload]), { ...failed([upload]), id: 'publication-2', postId: 'post-2' }];
    const intents = [intent(1), intent(2)];
    expect(verdict({ intents, publications, requests: [fault] }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('counts what failed and is visible', () => {
    const publications = [failed([upload])];
    expect(verdict({ ...out, publications, requests: [fault, made('1_1')] }).wrong).toEqual({
      ...NOTHING,
      unexplained: 1,
    });
  });

  it('counts what is held although everything is connected again', () => {
    const publications = [row(1, { state: 'held', heldReason: 'channel-disconnected' })];
    expect(verdict({ publications })).toMatchObject({ held: 1, wrong: { ...NOTHING, unexplained: 1 } });
  });

  it('accepts what is held because its approval is missing, and only then', () => {
    const publications = [row(1, { state: 'held', heldReason: 'approval-missing' })];
    const missing = [intent(1, { approval: story([]) })];
    expect(verdict({ intents: missing, publications })).toMatchObject({
      wrong: NOTHING,
      approvals: { 'held for approval': 1 },
    });
    expect(verdict({ publications }).wrong).toMatchObject({ unexplained: 1 });
    const given = [intent(1, { approval: story(agreed(DUE + 2_000)) })];
    expect(verdict({ intents: given, publications }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('counts what is unconfirmed where the network offers a way to know', () => {
    const publications = [row(1, { state: 'unconfirmed' })];
    expect(verdict({ publications })).toMatchObject({ unconfirmed: 1, wrong: { ...NOTHING, unexplained: 1 } });
    expect(verdict({ publications }, new Set(['facebook'])).wrong).toEqual(NOTHING);
  });

  it.each([
    ['x', undefined, true, NOTHING],
    ['x', undefined, false, { ...NOTHING, unexplained: 1 }],
    ['pinterest', undefined, true, NOTHING],
    ['linkedin', 'organizations', true, { ...NOTHING, unexplained: 1 }],
    ['linkedin', 'member', true, NOTHING],
    ['linkedin', 'member', false, { ...NOTHING, unexplained: 1 }],
  ] as const)(
    'on %s (%s) weighs what is unconfirmed by whether there are two of it: %s',
    (network, way, isTwin, wrong) => {
      const more = { network, account: '1', ...(way !== undefined && { way }) };
      const intents = [intent(1, more), intent(2, { ...more, ...(isTwin && { text: 1 }) })];
      const publications = [row(1, { state: 'unconfirmed' }), { ...row(2), texts: [textOf(isTwin ? 1 : 2, 1)] }];
      const visible = [shown(2, { platform: network, text: textOf(isTwin ? 1 : 2, 1) })];
      expect(verdict({ intents, publications, visible }).wrong).toEqual(wrong);
    },
  );

  it('accepts what hangs below a post of a member of LinkedIn as unconfirmed', () => {
    const parts = [{ kind: 'post', images: 0 } as const, { kind: 'comment', images: 0 } as const];
    const intents = [intent(1, { network: 'linkedin', way: 'member', parts })];
    const publications = [row(1, { state: 'unconfirmed' })];
    expect(verdict({ intents, publications }).wrong).toEqual(NOTHING);
  });

  it.each([
    ['x', 'duplicate: the same is there', true, NOTHING],
    ['x', 'duplicate: the same is there', false, { ...NOTHING, unexplained: 1 }],
    ['x', 'content: too long', true, { ...NOTHING, unexplained: 1 }],
    ['pinterest', 'duplicate: the same is there', true, { ...NOTHING, unexplained: 1 }],
  ] as const)('accepts a refused second one: on %s, "%s", twin: %s', (network, failure, isTwin, wrong) => {
    const intents = [intent(1, { network }), intent(2, { network, ...(isTwin && { text: 1 }) })];
    const failed = { ...entry(2, 'failed', 'failed'), failure };
    const publications = [
      row(1, { state: 'failed', log: [entry(1, 'fenced', 'committing'), failed] }),
      { ...row(2), texts: [textOf(isTwin ? 1 : 2, 1)] },
    ];
    const visible = [shown(2, { platform: network, text: textOf(isTwin ? 1 : 2, 1) })];
    expect(verdict({ intents, publications, visible }).wrong).toEqual(wrong);
  });

  it('counts a receipt that names something else than what is there', () => {
    const visible = [shown(1, { id: '1_77' })];
    expect(verdict({ visible, requests: [made('1_77')] }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('counts a log with a gap, and one that ends in another state', () => {
    const gap = row(1, { version: 3, log: [entry(1, 'fenced', 'committing'), entry(3, 'published', 'published')] });
    const other = row(1, { log: [entry(1, 'fenced', 'committing'), entry(2, 'held', 'held')] });
    expect(verdict({ ...out, publications: [gap] }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
    expect(verdict({ ...out, publications: [other] }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('counts what is visible although nobody asked for it', () => {
    const visible = [shown(1), shown(7, { id: '1_7' }), shown(1, { id: '1_8', text: 'Something else' })];
    expect(verdict({ visible, requests: [made('1_1')] }).wrong).toEqual({ ...NOTHING, unexplained: 2 });
  });
});
