import { type FormField, type OptionValues, type PlatformManifest } from '#platforms/core';

/** What the operator says about the installation's app. */
export const OPTIONS: readonly FormField[] = [
  {
    name: 'audited',
    label: "TikTok's audit of the app",
    type: 'select',
    required: false,
    default: 'unaudited',
    help:
      'Before TikTok has audited the app, only accounts that are private in TikTok can post, nobody but the account itself sees ' +
      'it, and no more than five people can post in 24 hours.',
    options: [
      { value: 'unaudited', label: 'Not audited' },
      { value: 'audited', label: 'Audited' },
    ],
  },
  {
    name: 'pull',
    label: 'TikTok fetches videos by their address',
    type: 'boolean',
    required: false,
    default: false,
    help:
      'Instead of being uploaded. Needs an https address that the whole internet reaches and that is verified at TikTok under ' +
      '"URL properties", as photos do in any case.',
  },
];

/** Whether TikTok lets the installation's app post for others to see. */
export const isAudited = (options: OptionValues): boolean => options.audited === 'audited';

/** The apps that practice connections use instead of the installation's own. They open nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-tiktok-audited', clientSecret: 'practice-tiktok-secret' };
export const PRACTICE_APP_UNAUDITED = {
  clientId: 'practice-tiktok-unaudited',
  clientSecret: 'practice-tiktok-unaudited-secret',
};

/** https://developers.tiktok.com/doc/content-sharing-guidelines ("unaudited clients") */
const UNAUDITED_NOTICE =
  'TikTok has not audited this installation yet: only accounts that are set to private in TikTok can post, for up to 5 people ' +
  'in 24 hours, and nobody but the account itself sees what is posted.';

/** The manifest is that of an audited app; this is what is different by the operator's answers. */
export function configured(
  options: OptionValues,
  { settings, extra }: Pick<PlatformManifest, 'settings' | 'extra'>,
): Partial<PlatformManifest> {
  if (isAudited(options)) return {};
  return {
    settings: settings.map((field) => (field.name === 'privacy' ? onlyPrivate(field) : field)),
    notice: UNAUDITED_NOTICE,
    // Practice tells of the same restrictions as TikTok would.
    extra: { ...extra, practiceApp: PRACTICE_APP_UNAUDITED },
  };
}

function onlyPrivate(field: FormField): FormField {
  return { ...field, options: (field.options ?? []).filter(({ value }) => value === 'SELF_ONLY') };
}
