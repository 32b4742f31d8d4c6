import { type OptionValues } from './context.js';
import { type PlatformManifest } from './manifest.js';

/** What counts where whoever runs the installation has said nothing. */
export function defaultOptions({ options = [] }: Pick<PlatformManifest, 'options'>): OptionValues {
  return Object.fromEntries(
    options.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** The environment variable of an option: `apiVersion` of `linkedin` is `LINKEDIN_API_VERSION`. */
export function optionVariable(platformId: string, option: string): string {
  return `${platformId}_${option.replaceAll(/(?=[A-Z])/g, '_')}`.replaceAll('-', '_').toUpperCase();
}
