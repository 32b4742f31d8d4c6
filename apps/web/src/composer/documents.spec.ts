import { acceptedTypes, documentFacts, documentRules, type Taker, takingOf } from './documents.js';

const document = { types: ['application/pdf'], maxBytes: 100_000_000, maxPages: 300 };
const taker = (now: object, later?: object): Taker =>
  ({
    channel: { limits: { media: { maxCount: 1, ...now } } },
    platform: later && { formats: [{ id: 'doc', label: 'Document', limits: { media: { maxCount: 1, ...later } } }] },
    format: undefined,
  }) as unknown as Taker;

const open = takingOf(taker({ document }), 'Gallery');
const other = takingOf(taker({}, { document: { types: ['application/pdf'], maxBytes: 2_500_000 } }), 'Office');
const none = (title: string) => takingOf(taker({}), title);

describe('documents', () => {
  it('are offered where a network takes them, as things stand or in another format', () => {
    expect(acceptedTypes([none('Feed')])).toBe('image/*,video/*');
    expect(acceptedTypes([none('Feed'), open, other])).toBe('image/*,video/*,application/pdf');
  });

  it('have rules that name each network once', () => {
    expect(documentRules([open, none('Feed'), other, none('Chat')])).toEqual([
      'Gallery: one document of up to 300 pages and 100 MB.',
      'Feed, Chat: no documents.',
      'Office: one document of up to 2.5 MB, with the format “Document”.',
    ]);
  });

  it('are named by their kind, their pages and their size', () => {
    expect(documentFacts({ contentType: 'application/pdf', bytes: 2_300_000, pages: 12 })).toBe(
      'PDF · 12 pages · 2.3 MB',
    );
    expect(documentFacts({ contentType: 'application/pdf', bytes: 999, pages: 1 })).toBe('PDF · 1 page · 999 bytes');
    expect(documentFacts({ contentType: 'application/msword', bytes: 4_000 })).toBe('Word document · 4 kB');
  });
});
