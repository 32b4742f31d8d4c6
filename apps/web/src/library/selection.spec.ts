import { among, extended, NOTHING, toggled } from './selection.js';

const SHOWN = ['a', 'b', 'c', 'd'];
const idsOf = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].toSorted();

describe('choosing files', () => {
  it('adds one and takes it away again', () => {
    const one = toggled(NOTHING, 'b');
    expect(idsOf(one)).toEqual(['b']);
    expect(idsOf(toggled(one, 'b'))).toEqual([]);
  });

  it('goes on from the last chosen one, in either direction', () => {
    expect(idsOf(extended(toggled(NOTHING, 'b'), 'd', SHOWN))).toEqual(['b', 'c', 'd']);
    expect(idsOf(extended(toggled(NOTHING, 'c'), 'a', SHOWN))).toEqual(['a', 'b', 'c']);
    expect(idsOf(extended(NOTHING, 'c', SHOWN))).toEqual(['c']);
  });

  it('forgets what is no longer shown', () => {
    const chosen = extended(toggled(NOTHING, 'a'), 'c', SHOWN);
    expect(idsOf(among(chosen, ['b', 'd']))).toEqual(['b']);
  });
});
