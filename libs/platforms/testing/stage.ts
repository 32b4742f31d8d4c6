import { PlatformRegistry } from '#platforms';
import { type Platform } from '#platforms/core';
import { type Sandbox, startSandbox } from '#sandbox';
import { fileOrigin } from './bytes.js';

/** A sandbox with one network alone and a clock that can be put forward: what the rehearsals of every adapter stand on. */
export abstract class PracticeStage {
  private started: Sandbox | undefined;
  private aheadMs = 0;

  /** Starts the sandbox. Close it. */
  protected async open(platform: Platform): Promise<this> {
    this.started = await startSandbox({
      platforms: new PlatformRegistry([platform]),
      host: '127.0.0.1',
      port: 0,
      controlToken: 'control',
      reach: new Set([await fileOrigin()]),
      now: this.now,
    });
    return this;
  }

  get sandbox(): Sandbox {
    if (!this.started) throw new Error('The practice has not started.');
    return this.started;
  }

  readonly now = (): Date => new Date(Date.now() + this.aheadMs);

  /** Lets time pass, for adapter and platform alike. */
  pass(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }

  /** As before the first test. */
  reset(): void {
    this.sandbox.reset();
    this.aheadMs = 0;
  }
}
