import { type ApiVersion, type OptionValues, type PlatformContext, type PlatformManifest } from '#platforms/core';
import { VERSIONS_DOCS } from './pages.js';

/** The version that ClickPost was written and checked for: September 2026. */
export const DEFAULT_VERSION = '202609';
/** The option by which operators change it. */
export const VERSION_OPTION = 'apiVersion';

/**
 * What a version is, as data. LinkedIn keeps each for a year and ends it in the middle of the same month: 202510 on 15 October
 * 2026, 202609 on 15 September 2027. https://learn.microsoft.com/en-us/linkedin/marketing/versioning
 * @throws Error where it is none
 */
export function apiVersionOf(version: string): ApiVersion {
  const [, year, month] = /^(20\d{2})(0[1-9]|1[0-2])$/.exec(version) ?? [];
  if (year === undefined || month === undefined) {
    throw new Error(
      `LINKEDIN_API_VERSION is "${version}", which is no version of LinkedIn's API. Use year and month: ${DEFAULT_VERSION}.`,
    );
  }
  return { version, endsOn: `${Number(year) + 1}-${month}-15`, option: VERSION_OPTION, docs: VERSIONS_DOCS };
}

/** What changes in the manifest where the operator chose another version. @throws Error where it is none */
export function configured(options: OptionValues): Partial<PlatformManifest> {
  return { apiVersion: apiVersionOf(versionIn(options)) };
}

/** The version that requests name. */
export function versionOf({ options }: Pick<PlatformContext, 'options'>): string {
  return versionIn(options);
}

function versionIn(options: OptionValues): string {
  const chosen = String(options[VERSION_OPTION] ?? '').trim();
  return chosen === '' ? DEFAULT_VERSION : chosen;
}
