import { barredBy, capabilitiesFor, isAsked, missingBefore, settingsFor, toldOnceOn } from './formats.js';
import { type FormField, type PlatformLimits } from './manifest.js';
import { pricedCosts, sumUsd } from './prices.js';

const limits: PlatformLimits = {
  text: { max: 100, unit: 'graphemes', emptyWithAttachment: true, emptyAlone: false },
  link: { supported: false, withMedia: false },
  media: { maxCount: 1 },
};
const manifest = {
  capabilities: { remove: true, edit: false, thread: true, firstComment: true },
  formats: [
    { id: 'post', label: 'Post', help: '', limits },
    { id: 'story', label: 'Story', help: '', limits, capabilities: { firstComment: false } },
  ],
};

describe('what a channel can do', () => {
  it('is what the manifest says, less what the format cannot have', () => {
    expect(capabilitiesFor(manifest, {})).toEqual(manifest.capabilities);
    expect(capabilitiesFor(manifest, { format: 'story' })).toMatchObject({ firstComment: false, remove: true });
  });

  it('is less, or more, where the channel says so', () => {
    const channel = { capabilities: { remove: false, edit: true } };
    expect(capabilitiesFor(manifest, {}, channel)).toEqual({
      ...{ remove: false, edit: true, thread: true, firstComment: true },
    });
  });

  it('never gives a format what it cannot have', () => {
    const channel = { capabilities: { firstComment: true } };
    expect(capabilitiesFor(manifest, { format: 'story' }, channel).firstComment).toBe(false);
    expect(capabilitiesFor(manifest, { format: 'post' }, channel).firstComment).toBe(true);
  });

  it('leaves out the settings that the channel does not have', () => {
    const fields = [{ name: 'location' }, { name: 'format' }];
    expect(settingsFor(fields, { withoutSettings: ['location'] })).toEqual([{ name: 'format' }]);
    expect(settingsFor(fields, { withoutSettings: null })).toEqual(fields);
    expect(settingsFor(fields)).toEqual(fields);
  });
});

describe('fields that depend on each other', () => {
  const branded = { setting: 'branded', values: [true] };
  const why = 'That cannot be private.';
  const field = (name: string, more: Partial<FormField> = {}): FormField => ({
    ...{ name, label: name, type: 'boolean', required: false, default: false },
    ...more,
  });
  const fields = [
    field('disclosed'),
    field('own', { whenOn: { text: 'Labeled as yours.', unless: branded } }),
    field('branded', {
      when: { setting: 'disclosed', values: [true] },
      barred: { setting: 'privacy', values: ['SELF'], why },
      whenOn: { text: 'Labeled as paid.' },
    }),
    field('consent', { unless: branded }),
  ];
  const named = (name: string) => fields.find((one) => one.name === name) ?? field(name);
  const on = { disclosed: true, branded: true };

  it('are not asked for while another makes them pointless, as long as that one is asked for itself', () => {
    expect(isAsked(named('consent'), fields, {})).toBe(true);
    expect(isAsked(named('consent'), fields, on)).toBe(false);
    expect(isAsked(named('consent'), fields, { ...on, disclosed: false })).toBe(true);
  });

  it('say what being on means only then, and not what another says better', () => {
    const told = (values: Record<string, boolean>) =>
      ['own', 'branded'].map((name) => toldOnceOn(named(name), fields, values));
    expect(told({})).toEqual([undefined, undefined]);
    expect(told({ own: true })).toEqual(['Labeled as yours.', undefined]);
    expect(told({ ...on, own: true })).toEqual([undefined, 'Labeled as paid.']);
  });

  it('say why they may not be chosen beside another choice', () => {
    expect(barredBy(named('branded'), fields, { disclosed: true })).toBeUndefined();
    expect(barredBy(named('branded'), fields, { privacy: 'SELF' })).toBe(why);
    expect(barredBy({ barred: { ...branded, why } }, fields, on)).toBe(why);
    expect(barredBy({ barred: { ...branded, why } }, fields, { branded: true })).toBeUndefined();
  });
});

describe('a lookup that depends on another', () => {
  const fields = [{ name: 'board' }, { name: 'section', dependsOn: 'board' }];

  it('names what has to be chosen first', () => {
    expect(missingBefore({ dependsOn: 'board' }, fields, {})).toEqual({ name: 'board' });
    expect(missingBefore({ dependsOn: 'board' }, fields, { board: { value: '1', label: 'One' } })).toBeUndefined();
    expect(missingBefore({}, fields, {})).toBeUndefined();
  });
});

describe('costs', () => {
  const facts = { asOf: '2026-11-23', docs: 'https://prices.example' };
  const prices = [
    { id: 'post', label: 'a post', usd: 0.015, ...facts },
    { id: 'read', label: 'a read', usd: 0.005, ...facts },
  ];

  it('are told once for each price, with what they come to', () => {
    const used = ['read', 'post', 'read', 'read'].map((price) => ({ price, count: 1 }));
    const costs = pricedCosts({ id: 'x', prices }, used);
    expect(costs).toEqual([
      { price: 'post', label: 'a post', count: 1, usd: 0.015 },
      { price: 'read', label: 'a read', count: 3, usd: 0.015 },
    ]);
    expect(sumUsd(costs)).toBe(0.03);
  });

  it('are never of a price that nobody named', () => {
    expect(() => pricedCosts({ id: 'x', prices }, [{ price: 'gold', count: 1 }])).toThrow('no price "gold"');
  });
});
