import { type FormField, type OptionValues, type PlatformManifest, type Quota } from '#platforms/core';
import { INTEGRATE_DOCS, LIMIT_DOCS } from './pages.js';
import { priceList, priceOptions } from './prices.js';
import { quoteSetting, settings } from './settings.js';

/**
 * Posts that one account, and one app, may send. The page of rate limits says 100 and 10,000. An older page still says 200 in 15
 * minutes and 300 in three hours (https://docs.x.com/x-api/posts/manage-tweets/integrate): whoever is held to that lowers the
 * numbers. https://docs.x.com/x-api/fundamentals/rate-limits
 */
const USER_POSTS = 100;
const APP_POSTS = 10_000;
const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** What operators say about their app. */
export const options: readonly FormField[] = [
  {
    name: 'selfThreads',
    label: 'The app may publish threads and first comments',
    type: 'boolean',
    required: false,
    default: true,
    help:
      'Since 23 February 2026 X lets self-serve apps reply only to people who mentioned or quoted the account. Its page on posts ' +
      'still names threads below one’s own post as a use. Switch this off if X refuses them to your app.',
  },
  {
    name: 'quotes',
    label: 'The app may quote posts',
    type: 'boolean',
    required: false,
    default: false,
    help: 'X removed quotes from all self-serve apps on 20 April 2026. Switch this on for an Enterprise app only.',
  },
  {
    name: 'ownerId',
    label: 'Account id of the app’s owner',
    type: 'text',
    required: false,
    default: '',
    maxLength: 19,
    help: 'Reading back posts of this account costs less. The id is a number, not the name.',
  },
  {
    name: 'userPostLimit',
    label: 'Posts of one account in 15 minutes',
    type: 'number',
    required: false,
    default: USER_POSTS,
    min: 1,
  },
  {
    name: 'appPostLimit',
    label: 'Posts of the app in 24 hours',
    type: 'number',
    required: false,
    default: APP_POSTS,
    min: 1,
    help: 'All accounts together.',
  },
  ...priceOptions,
];

/** How many posts X takes, with the operator's own numbers. */
export function quotasOf({ userPostLimit, appPostLimit }: OptionValues): Quota[] {
  return [
    {
      scope: 'channel',
      what: 'posts of one account',
      limit: typeof userPostLimit === 'number' ? userPostLimit : USER_POSTS,
      windowMs: QUARTER_MS,
      docs: LIMIT_DOCS,
    },
    {
      scope: 'app',
      what: 'posts of all accounts',
      limit: typeof appPostLimit === 'number' ? appPostLimit : APP_POSTS,
      windowMs: DAY_MS,
      docs: LIMIT_DOCS,
    },
  ];
}

/** What the operator's answers change in the manifest. */
export function configured(
  manifest: Pick<PlatformManifest, 'capabilities'>,
  values: OptionValues,
): Partial<PlatformManifest> {
  return {
    prices: priceList(values),
    quotas: quotasOf(values),
    settings: values.quotes === true ? [...settings, quoteSetting] : settings,
    ...(values.selfThreads === false && {
      capabilities: { ...manifest.capabilities, thread: false, firstComment: false },
    }),
  };
}

/** Where the restrictions are explained. */
export const RESTRICTION_DOCS = INTEGRATE_DOCS;
