import { type VisiblePost } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { type Intent } from '../ledger.js';
import { altTextOf, textOf } from '../plan-text.js';
import { type PlannedPart } from '../plan.js';
import { type PublicationRow } from './evidence.js';
import { judge } from './judge.js';
import { agreed, said, story } from './stories.js';

const DUE = Date.parse('2027-01-01T10:00:00.000Z');
const PARTS: PlannedPart[] = [
  { kind: 'post', images: 0 },
  { kind: 'reply', images: 1 },
  { kind: 'reply', images: 0 },
  { kind: 'comment', images: 0 },
];
const LAST = PARTS.length - 1;
const NOTHING = { lost: 0, doubled: 0, wrongVersion: 0, unapproved: 0, unexplained: 0 };

const at = (ms: number): string => new Date(DUE + ms).toISOString();
const idOf = (part: number): string => `10${part}`;
const saved = { standing: 'acknowledged', at: DUE - 60_000 } as const;

/** Somebody wants a thread of three with a first comment on Mastodon, once. */
const intent = (more: Partial<Intent> = {}): Intent => ({
  ...{ post: 1, postId: 'post', publicationId: 'publication', channelId: 'channel', network: 'mastodon' },
  ...{ account: 'chaos', text: 1, parts: PARTS, alone: true },
  versions: [{ ...saved, value: 1 }],
  dues: [{ ...saved, value: DUE }],
  ...more,
});

/** What the database says: so many of its messages are out. */
function row(out: number, state = 'published', more: Partial<PublicationRow> = {}): PublicationRow {
  const segments = PARTS.map((_, position) => ({
    ...{ position, fences: position < out ? 1 : 0 },
    ...{ outcome: position < out ? 'published' : null, objectId: position < out ? idOf(position) : null },
  }));
  return {
    ...{ id: 'publication', postId: 'post', channelId: 'channel', state, heldReason: null, version: 2, segments },
    texts: PARTS.map((_, part) => textOf(1, 1, part)),
    log: [
      { version: 1, at: DUE, kind: 'fenced', state: 'committing', exchanges: [] },
      { version: 2, at: DUE + 9_000, kind: state, state, exchanges: [] },
    ],
    ...more,
  };
}

/** One message as it can be seen. */
function shown(part: number, more: Partial<VisiblePost> = {}): VisiblePost {
  const images = PARTS[part]?.images ?? 0;
  const media = Array.from({ length: images }, (_, image) => ({
    ...{ contentType: 'image/png', bytes: 9, digest: 'd', altText: altTextOf(1, image, part) },
  }));
  const above = part === LAST ? 0 : part - 1;
  return {
    ...{ platform: 'mastodon', account: 'chaos', id: idOf(part), text: textOf(1, 1, part), media, at: at(200 + part) },
    ...(part > 0 && { replyTo: idOf(above) }),
    ...more,
  };
}

const allBut = (...missing: number[]): VisiblePost[] =>
  PARTS.flatMap((_, part) => (missing.includes(part) ? [] : [shown(part)]));

/** Every visible post was made by one request of its own. */
function verdict(visible: VisiblePost[], publication = row(PARTS.length), wanted = intent()) {
  const requests = visible.map(({ id }): RequestRecord => ({
    ...{ platform: 'mastodon', operation: 'commit', method: 'POST', path: '/api/v1/statuses' },
    ...{ at: at(100), status: 200, bytes: 0, delivered: true, shown: [id] },
  }));
  return judge({ intents: [wanted], publications: [publication], visible, requests }, new Set());
}

it('counts nothing against a thread that is out as it was meant to be', () => {
  expect(verdict(allBut())).toMatchObject({ publications: 1, published: 1, wrong: NOTHING });
});

describe('lost', () => {
  it.each([0, 1, 2, 3])('counts message %d alone when it is missing and what hangs below it is there', (part) => {
    const { lost } = verdict(allBut(part)).wrong;
    expect(lost).toBe(1);
  });

  it('counts each message that is missing', () => {
    expect(verdict(allBut(2, 3), row(2, 'scheduled')).wrong).toEqual({ ...NOTHING, lost: 2 });
  });
});

describe('doubled', () => {
  it.each([0, 1, 2, 3])('counts a second message %d, and nothing for the others', (part) => {
    const second = shown(part, { id: '999', at: at(5_000) });
    expect(verdict([...allBut(), second]).wrong).toEqual({ ...NOTHING, doubled: 1 });
  });

  it('counts a second whole thread by its messages', () => {
    const second = PARTS.map((_, part) => {
      const above = part === LAST ? 0 : part - 1;
      return shown(part, { id: `20${part}`, at: at(5_000 + part), ...(part > 0 && { replyTo: `20${above}` }) });
    });
    expect(verdict([...allBut(), ...second]).wrong).toEqual({ ...NOTHING, doubled: PARTS.length });
  });
});

describe('wrong version', () => {
  const versions = [
    { ...saved, value: 1 },
    { ...saved, value: 2, at: DUE - 1_000 },
  ];

  it('counts each message of an old version', () => {
    expect(verdict(allBut(), row(PARTS.length), intent({ versions })).wrong).toEqual({ ...NOTHING, wrongVersion: 4 });
  });

  it('counts a thread whose messages are of two versions, even where either might be', () => {
    const mixed = [shown(0), shown(1), shown(2, { text: textOf(1, 2, 2) }), shown(3)];
    const texts = [0, 1, 2, 3].map((part) => textOf(1, part === 2 ? 2 : 1, part));
    const either = intent({
      versions: [
        { ...saved, value: 1 },
        { value: 2, standing: 'perhaps', at: DUE - 1_000 },
      ],
    });
    expect(verdict(mixed, row(PARTS.length, 'published', { texts }), either).wrong).toEqual({
      ...NOTHING,
      wrongVersion: 1,
    });
  });

  it.each([
    ['a part hangs below nothing', 1, undefined],
    ['a part hangs below the post instead of the part before it', 2, idOf(0)],
    ['the first comment hangs below the last part', LAST, idOf(2)],
  ])('counts it when %s', (_name, part, replyTo) => {
    const { replyTo: _right, ...moved } = shown(part);
    const visible = [...allBut(part), { ...moved, ...(replyTo !== undefined && { replyTo }) }];
    expect(verdict(visible).wrong).toEqual({ ...NOTHING, wrongVersion: 1 });
  });

  it('counts a first comment that was out before the thread was', () => {
    const visible = [...allBut(2), shown(2, { at: at(4_000) })];
    expect(verdict(visible).wrong).toEqual({ ...NOTHING, wrongVersion: 1 });
  });

  it('counts a part without its image', () => {
    expect(verdict([...allBut(1), shown(1, { media: [] })]).wrong).toEqual({ ...NOTHING, wrongVersion: 1 });
  });
});

describe('unapproved', () => {
  const cancelled = intent({ cancelled: 'acknowledged', cancelledAt: DUE + 1_000 });

  it('lets stay what was out when the rest was cancelled', () => {
    expect(verdict(allBut(2, 3), row(2, 'cancelled'), cancelled).wrong).toEqual(NOTHING);
  });

  it('counts a part that came after the cancellation was acknowledged', () => {
    const visible = [...allBut(2, 3), shown(2, { at: at(2_000) })];
    expect(verdict(visible, row(3, 'cancelled'), cancelled).wrong).toEqual({ ...NOTHING, unapproved: 1 });
  });

  it('counts a whole thread that is out although it was cancelled', () => {
    expect(verdict(allBut(), row(PARTS.length, 'cancelled'), cancelled).wrong).toMatchObject({ unapproved: 1 });
  });

  it('counts a part of which a cancelled thread does not know', () => {
    const perhaps = intent({ cancelled: 'perhaps', cancelledAt: DUE + 1_000 });
    expect(verdict(allBut(2, 3), row(2, 'cancelled'), perhaps).wrong).toEqual(NOTHING);
    expect(verdict(allBut(2, 3), row(1, 'cancelled'), perhaps).wrong).toMatchObject({ unapproved: 1 });
  });
});

describe('unexplained', () => {
  it('counts a part that is visible behind the place where the thread failed', () => {
    const held = row(1, 'held', { heldReason: 'approval-missing' });
    const back = said(DUE + 5, 0, 1, { standing: 'perhaps', verdict: 'request-changes' });
    const withdrawn = intent({ approval: story([...agreed(DUE - 5_000), back]) });
    expect(verdict([shown(0)], held, withdrawn).wrong).toEqual(NOTHING);
    expect(verdict([shown(0), shown(1)], held, withdrawn).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('counts a receipt of a part that names another one', () => {
    const publication = row(PARTS.length);
    const segments = publication.segments.map((segment) =>
      segment.position === 2 ? { ...segment, objectId: '777' } : segment,
    );
    expect(verdict(allBut(), { ...publication, segments }).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });

  it('counts a message that nobody wrote', () => {
    const further = shown(1, { id: '555', text: textOf(1, 1, 7) });
    expect(verdict([...allBut(), further]).wrong).toEqual({ ...NOTHING, unexplained: 1 });
  });
});
