import { barredBy, type FormField, isAsked, toldOnceOn } from '#platforms/core';
import { SETTINGS } from './settings.js';

type Values = Readonly<Record<string, boolean | string>>;

const named = (name: string): FormField => {
  const field = SETTINGS.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`There is no setting ${name}.`);
  return field;
};
const declarations = (values: Values) =>
  SETTINGS.filter((field) => field.type === 'consent' && isAsked(field, SETTINGS, values)).map(({ label }) => label);
const labels = (values: Values) =>
  SETTINGS.flatMap((field) => {
    const told = isAsked(field, SETTINGS, values) ? toldOnceOn(field, SETTINGS, values) : undefined;
    return told === undefined ? [] : [told];
  });

const MUSIC = "By posting, you agree to TikTok's Music Usage Confirmation.";
const BRANDED = "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation.";
const PROMOTIONAL = "Your photo/video will be labeled as 'Promotional content'";
const PAID = "Your photo/video will be labeled as 'Paid partnership'";
const disclosed = { discloseContent: true };

// https://developers.tiktok.com/doc/content-sharing-guidelines ("Required UX Implementation in Your App", 3 and 4)
describe('commercial content', () => {
  it.each<[string, Values, string[], string[]]>([
    ['nothing was disclosed', {}, [], [MUSIC]],
    ['nothing was chosen yet', disclosed, [], [MUSIC]],
    ['it is for a brand of their own', { ...disclosed, yourBrand: true }, [PROMOTIONAL], [MUSIC]],
    ['it is for another brand', { ...disclosed, brandedContent: true }, [PAID], [BRANDED]],
    ['it is for both', { ...disclosed, yourBrand: true, brandedContent: true }, [PAID], [BRANDED]],
    ['the disclosure was taken back', { yourBrand: true, brandedContent: true }, [], [MUSIC]],
    ['a draft is finished in the app', { ...disclosed, brandedContent: true, format: 'draft' }, [], []],
  ])('where %s, is labeled and declared as TikTok prescribes it', (_when, values, label, declaration) => {
    expect(labels(values)).toEqual(label);
    expect(declarations(values)).toEqual(declaration);
  });

  it('says nothing of labels before anybody chose one', () => {
    for (const { help = '' } of SETTINGS) expect(help).not.toContain('labeled as');
  });

  it('that is branded bars "Only me", and the other way round', () => {
    const why = 'Branded content visibility cannot be set to private.';
    const onlyMe = named('privacy').options?.find(({ value }) => value === 'SELF_ONLY') ?? {};
    expect(barredBy(onlyMe, SETTINGS, disclosed)).toBeUndefined();
    expect(barredBy(onlyMe, SETTINGS, { ...disclosed, brandedContent: true })).toBe(why);
    expect(barredBy(named('brandedContent'), SETTINGS, { ...disclosed, privacy: 'SELF_ONLY' })).toBe(why);
    expect(
      barredBy(named('brandedContent'), SETTINGS, { ...disclosed, privacy: 'PUBLIC_TO_EVERYONE' }),
    ).toBeUndefined();
  });
});
