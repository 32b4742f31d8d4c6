import { setTimeout as sleep } from 'node:timers/promises';
import { type Lock, type Locker, MemoryLocker } from '@tus/server';
import { Problem } from '#kernel';
import { type UploadLease, type UploadLeases } from '#media';

const LOOK_AGAIN_MS = 200;
/** Somewhat longer than a lease whose process has died. */
const GIVE_UP_MS = 20_000;

/**
 * One at a time writes to an upload: within this process the next one takes over from a connection that hangs, across
 * processes it waits.
 */
export class UploadLocker implements Locker {
  private readonly here = new MemoryLocker({ acquireLockTimeout: GIVE_UP_MS });

  /** @param uploadIdOf what the table calls an upload of the store */
  constructor(
    private readonly leases: UploadLeases,
    private readonly uploadIdOf: (storeId: string) => string,
  ) {}

  newLock(id: string): Lock {
    return new UploadLock(this.here.newLock(id), this.leases, this.uploadIdOf(id));
  }
}

class UploadLock implements Lock {
  private lease: UploadLease | undefined;

  constructor(
    private readonly here: Lock,
    private readonly leases: UploadLeases,
    private readonly uploadId: string,
  ) {}

  async lock(...[signal, cancelRequest]: Parameters<Lock['lock']>): Promise<void> {
    await this.here.lock(signal, cancelRequest);
    try {
      this.lease = await this.takeLease(signal);
    } catch (error) {
      await this.here.unlock();
      throw error;
    }
  }

  async unlock(): Promise<void> {
    try {
      await this.lease?.release();
    } finally {
      await this.here.unlock();
    }
  }

  private async takeLease(signal: AbortSignal): Promise<UploadLease> {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    while (!signal.aborted && performance.now() < giveUpAt) {
      const lease = await this.leases.take(this.uploadId);
      if (lease) return lease;
      await sleep(LOOK_AGAIN_MS);
    }
    const detail = 'The upload is being written to by another request. Try again in a moment.';
    throw new Problem('unavailable', detail, { retryAfter: 5 });
  }
}
