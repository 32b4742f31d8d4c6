import { type FormField, type OptionValues, type PlatformManifest, type Quota } from '#platforms/core';
import { CAROUSEL_LIMITS } from './limits.js';
import { LIMIT_DOCS } from './pages.js';

const DAY_MS = 86_400_000;

/** The hosts of the API: https://developers.pinterest.com/docs/developer-tools/sandbox/ */
export const API = 'https://api.pinterest.com/v5';
export const SANDBOX_API = 'https://api-sandbox.pinterest.com/v5';

/** What the operator says about the installation's app. */
export const OPTIONS: readonly FormField[] = [
  {
    name: 'access',
    label: 'Access that Pinterest granted the app',
    type: 'select',
    required: false,
    default: 'trial',
    help:
      'With trial access everything is published in the API Sandbox of Pinterest, where nobody but its creator sees it. ' +
      'Accounts are connected anew after the change.',
    options: [
      { value: 'trial', label: 'Trial' },
      { value: 'standard', label: 'Standard' },
    ],
  },
  {
    name: 'carousels',
    label: 'Publish carousels',
    type: 'boolean',
    required: false,
    default: false,
    help:
      'Two sources contradict each other: the description of the API (5.23, "Create Pin") takes two to five images, the ' +
      'guide "Create boards and Pins" names image and video Pins alone. Switch it on if Pinterest accepts them from your app.',
  },
];

/**
 * Changes of everybody together in a day: https://developers.pinterest.com/docs/reference/rate-limits/ (category `org_write`).
 * "All rate limits are subject to change without notice."
 */
const TRIAL_QUOTA: Quota = {
  scope: 'app',
  what: 'Pins of all accounts with trial access',
  limit: 300,
  windowMs: DAY_MS,
  docs: LIMIT_DOCS,
};

/** Changes of one account in a minute. Same page. */
export const STANDARD_QUOTA: Quota = {
  scope: 'channel',
  what: 'Pins of one account',
  limit: 100,
  windowMs: 60_000,
  docs: LIMIT_DOCS,
};

const TRIAL_NOTICE =
  'Pins that ClickPost publishes are seen by nobody but their creator until Pinterest grants this installation standard access.';

/**
 * The manifest is that of standard access without carousels; this is what is different by the operator's answers. With trial
 * access, Pins are made at the API Sandbox alone: "Apps with Trial access may not create Pins in production".
 * https://developers.pinterest.com/docs/key-concepts/access-tiers/
 */
export function configured(
  options: OptionValues,
  { endpoints }: Pick<PlatformManifest, 'endpoints'>,
): Partial<PlatformManifest> {
  return {
    ...(options.access !== 'standard' && {
      endpoints: { ...endpoints, api: SANDBOX_API },
      quotas: [TRIAL_QUOTA],
      notice: TRIAL_NOTICE,
    }),
    ...(options.carousels === true && { limits: CAROUSEL_LIMITS }),
  };
}
