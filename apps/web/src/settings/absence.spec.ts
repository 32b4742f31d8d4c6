import { type Absence, absenceWords, daysOf, instantsOf } from './absence.js';

const absence: Absence = {
  ...{ from: '2027-04-30T22:00:00.000Z', until: '2027-05-03T22:00:00.000Z', delegateId: 'dora' },
  ...{ user: { id: 'ben', name: 'Ben' }, delegate: { id: 'dora', name: 'Dora' } },
};

it('means whole days by the clock of the person, both included', () => {
  const days = { first: '2027-05-01', last: '2027-05-03' };
  expect(instantsOf(days, 'Europe/Berlin')).toEqual({
    from: expect.stringContaining('2027-04-30T22:00'),
    until: expect.stringContaining('2027-05-03T22:00'),
  });
  expect(daysOf(absence, 'Europe/Berlin')).toEqual(days);
});

it.each([
  ['ben', '2027-05-02T00:00:00Z', /^You are away until .*3.*\. Dora decides meanwhile\.$/],
  ['dora', '2027-05-02T00:00:00Z', /^Ben is away until .*3.*\. You decide meanwhile\.$/],
  ['ada', '2027-04-02T00:00:00Z', /^Ben will be away from .*1.* until .*3.*\. Dora decides meanwhile\.$/],
])('says to %s who decides', (userId, now, words) => {
  expect(absenceWords(absence, userId, new Date(now), 'Europe/Berlin')).toMatch(words);
});
