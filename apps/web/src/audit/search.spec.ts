import { changed, exportAddress, filterOf, readAuditSearch } from './search.js';

const NOW = Date.parse('2026-03-10T12:34:56Z');

describe('the address of the audit log', () => {
  it('keeps what it knows and leaves out the rest', () => {
    expect(readAuditSearch({ find: 127, who: ' ', what: 'updatePost', when: 'century', other: 'x' })).toEqual({
      find: '127',
      what: 'updatePost',
    });
  });

  it('changes one thing at a time', () => {
    expect(changed({ who: 'ada' }, 'when', 'week')).toEqual({ who: 'ada', when: 'week' });
    expect(changed({ who: 'ada', when: 'week' }, 'who', '')).toEqual({ when: 'week' });
    expect(changed({ who: 'ada' }, 'who', undefined)).toEqual({});
  });

  it('is what the API is asked, and stays the same for an hour', () => {
    const search = { find: 'roast', who: 'ada', what: 'updatePost', workspace: 'w', thing: 't', when: 'day' } as const;
    expect(filterOf(search, NOW)).toEqual({
      text: 'roast',
      userId: 'ada',
      operation: 'updatePost',
      workspaceId: 'w',
      subjectId: 't',
      from: '2026-03-09T12:00:00.000Z',
    });
    expect(filterOf(search, NOW + 60_000)).toEqual(filterOf(search, NOW));
    expect(filterOf({}, NOW)).toEqual({});
  });

  it('leads to the same entries as a table', () => {
    expect(exportAddress({})).toBe('/v1/audit-log.csv');
    expect(exportAddress({ text: 'a & b' })).toBe('/v1/audit-log.csv?text=a+%26+b');
  });
});
