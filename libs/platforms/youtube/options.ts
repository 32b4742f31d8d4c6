import { type FormField, type OptionValues, type PlatformManifest } from '#platforms/core';
import { budgetsOf, GRANTED } from './quota.js';
import { settingsWith } from './settings.js';

/** What the operator says about the installation's project at Google. */
export const OPTIONS: readonly FormField[] = [
  {
    name: 'publishing',
    label: "Publishing status of Google's consent screen",
    type: 'select',
    required: false,
    default: 'testing',
    help: 'In testing, Google ends every sign-in after 7 days, and only test users that are listed there can connect.',
    options: [
      { value: 'testing', label: 'Testing' },
      { value: 'production', label: 'In production' },
    ],
  },
  {
    name: 'audited',
    label: 'API audit',
    type: 'select',
    required: false,
    default: 'unaudited',
    help: 'Videos that are uploaded by a project that Google has not audited stay private.',
    options: [
      { value: 'unaudited', label: 'Not audited' },
      { value: 'audited', label: 'Audited, or a project from before 28 July 2020' },
    ],
  },
  {
    name: 'uploadsPerDay',
    label: 'Uploads a day',
    type: 'number',
    required: false,
    default: GRANTED.uploads,
    min: 1,
    max: 1_000_000,
    help: 'As the Quotas page of the Google Cloud console says.',
  },
  {
    name: 'unitsPerDay',
    label: 'Quota units a day',
    type: 'number',
    required: false,
    default: GRANTED.units,
    min: 1,
    max: 1_000_000_000,
    help: 'As the Quotas page of the Google Cloud console says, for everything but uploads and searches.',
  },
];

const UNAUDITED_NOTICE =
  'Videos that ClickPost uploads to YouTube are seen by nobody but their owner until Google has audited this installation.';
const TESTING_NOTICE =
  'Accounts have to be connected anew every 7 days, as the app of this installation is in testing at Google.';

/**
 * The manifest is that of an audited project in production; this is what is different by the operator's answers. "All videos
 * uploaded via the videos.insert endpoint from unverified API projects created after 28 July 2020 will be restricted to private
 * viewing mode": then nothing else is offered, and there are no comments, which private videos do not have.
 * https://developers.google.com/youtube/v3/docs/videos/insert, https://support.google.com/youtube/answer/157177
 */
export function configured(
  { publishing, audited, uploadsPerDay, unitsPerDay }: OptionValues,
  { capabilities }: Pick<PlatformManifest, 'capabilities'>,
): Partial<PlatformManifest> {
  const isAudited = audited === 'audited';
  const notices = [...(isAudited ? [] : [UNAUDITED_NOTICE]), ...(publishing === 'production' ? [] : [TESTING_NOTICE])];
  return {
    budgets: budgetsOf({
      uploads: typeof uploadsPerDay === 'number' ? uploadsPerDay : GRANTED.uploads,
      units: typeof unitsPerDay === 'number' ? unitsPerDay : GRANTED.units,
    }),
    ...(!isAudited && {
      settings: settingsWith(['private']),
      capabilities: { ...capabilities, firstComment: false },
    }),
    ...(notices.length > 0 && { notice: notices.join(' ') }),
  };
}
