import { type PlatformContext } from './context.js';

/** The base address of this name, without a slash at its end. @throws Error where the manifest names none */
export function endpointOf({ endpoints }: Pick<PlatformContext, 'endpoints'>, name: string): string {
  const address = endpoints[name];
  if (address === undefined) throw new Error(`There is no address for "${name}".`);
  return address;
}
