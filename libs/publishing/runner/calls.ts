import { MediaProblem } from '#media';
import { type OpenChannel } from '#channels';
import { type Failure, PlatformFailure, StillProcessing } from '#platforms/core';

/** An adapter's own call failed: what it means is for the adapter to say. Every other error is a fault of ClickPost's. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  constructor(override readonly cause: unknown) {
    super('The adapter could not do what it was asked to.');
  }
}

/** Runs an adapter's call, and marks what it throws as the adapter's. */
export async function callAdapter<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new AdapterError(error);
  }
}

/** What the platform still works on, where that is all that an adapter's call came to. */
export function stillProcessing(error: unknown): StillProcessing | undefined {
  return error instanceof AdapterError && error.cause instanceof StillProcessing ? error.cause : undefined;
}

/** The failure that an error means to people, or undefined for a fault of ClickPost's own. */
export function failureOf(open: OpenChannel, error: unknown, now: Date): Failure | undefined {
  if (error instanceof AdapterError) return open.adapter.classify(error.cause, now);
  if (error instanceof PlatformFailure) return error.failure;
  if (error instanceof MediaProblem) {
    return { kind: 'media', message: error.message, remedy: error.remedy, platformCode: error.rule };
  }
  return undefined;
}
