import { allChosen, matching, type Place, toggle, toggleAll } from './place-choice.js';

const place = (id: string, more: Partial<Place> = {}): Place => ({
  ...{ id, name: `Place ${id}`, notes: ['Page'], isChannel: false, shared: false },
  ...more,
});
const ids = (places: readonly Place[]) => places.map(({ id }) => id);

describe('places of an account', () => {
  const places = [
    place('1', { name: 'Café Zürich', notes: ['Page', 'cafe-zuerich'] }),
    place('2', { name: 'Ada', notes: ['Profile', '@ada'] }),
    place('3', { isChannel: true }),
  ];

  it('are found by name, kind and handle, whatever the case and the accents', () => {
    expect(ids(matching(places, 'cafe zurich'))).toEqual(['1']);
    expect(ids(matching(places, 'PROFILE'))).toEqual(['2']);
    expect(ids(matching(places, '@ada'))).toEqual(['2']);
    expect(ids(matching(places, ' '))).toEqual(['1', '2', '3']);
    expect(matching(places, 'ada page')).toEqual([]);
  });

  it('are chosen all at once, without those that are channels and those that are not shown', () => {
    expect([...toggleAll(places, new Set(['hidden']))]).toEqual(['hidden', '1', '2']);
    expect([...toggleAll(places, new Set(['hidden', '1']))]).toEqual(['hidden', '1', '2']);
    expect([...toggleAll(places, new Set(['hidden', '1', '2']))]).toEqual(['hidden']);
  });

  it('are chosen one by one', () => {
    expect([...toggle('1', new Set())]).toEqual(['1']);
    expect([...toggle('1', new Set(['1']))]).toEqual([]);
  });

  it('say how the choice stands', () => {
    expect(allChosen(places, new Set())).toBe('none');
    expect(allChosen(places, new Set(['2']))).toBe('some');
    expect(allChosen(places, new Set(['1', '2']))).toBe('all');
  });
});
