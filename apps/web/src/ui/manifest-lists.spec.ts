import { clearedBy, dependentsOf, isCutOff, isGone, matching, upperOf } from './manifest-lists.js';
import { type FormField } from './manifest-values.js';

const board: FormField = { name: 'board', label: 'Board', type: 'lookup', required: true, listed: true };
const section: FormField = { ...board, name: 'section', label: 'Section', required: false, dependsOn: 'board' };
const shelf: FormField = { ...section, name: 'shelf', label: 'Shelf', dependsOn: 'section' };
const fields = [board, section, shelf];
const recipes = { value: '1', label: 'Recipes' };
const soups = { value: '2', label: 'Soups' };

describe('fields that depend on another', () => {
  it('know what is chosen in the other one', () => {
    expect(upperOf(board, fields, { board: recipes })).toBeUndefined();
    expect(upperOf(section, fields, {})).toEqual({ label: 'Board', chosen: undefined });
    expect(upperOf(section, fields, { board: recipes })).toEqual({ label: 'Board', chosen: recipes });
  });

  it('are emptied with all below them when another value is chosen, and only then', () => {
    expect(dependentsOf('board', fields)).toEqual(['section', 'shelf']);
    const values = { board: recipes, section: soups, shelf: '' };
    expect(clearedBy('board', { value: '9', label: 'Bread' }, fields, values)).toEqual(['section']);
    expect(clearedBy('board', '', fields, values)).toEqual(['section']);
    expect(clearedBy('board', { value: '1', label: 'Recipes, renamed' }, fields, values)).toEqual([]);
    expect(clearedBy('section', '', fields, values)).toEqual([]);
  });
});

describe('a list to choose from', () => {
  const cafe = { value: '3', label: 'Café in Berlin', detail: '12 pins' };

  it('is searched by words, whatever their order, case and accents', () => {
    const all = [recipes, cafe];
    expect(matching(all, ' ')).toEqual(all);
    expect(matching(all, 'berlin CAFE')).toEqual([cafe]);
    expect(matching(all, '12')).toEqual([cafe]);
    expect(matching(all, 'bakery')).toEqual([]);
  });

  it('tells that a choice is gone, unless it may stand behind what came', () => {
    const long = Array.from({ length: 250 }, (_, index) => ({ value: `n${index}`, label: `Board ${index}` }));
    expect(isGone(recipes, [cafe])).toBe(true);
    expect(isGone(cafe, [cafe])).toBe(false);
    expect(isGone(undefined, [])).toBe(false);
    expect(isGone(recipes, undefined)).toBe(false);
    expect(isCutOff(long)).toBe(true);
    expect(isGone(recipes, long)).toBe(false);
  });
});
