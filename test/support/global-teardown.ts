import { type EndTestRun } from './global-setup.js';

/** Ends what `global-setup.ts` began. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as unknown as { endTestRun: EndTestRun }).endTestRun();
}
