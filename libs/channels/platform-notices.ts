import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CLOCK, type Clock } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { versionWarnings } from './api-versions.js';
import { strayPlatformVariables } from './platform-options.js';

const DAY_MS = 24 * 3_600_000;

/** Where API and worker are one process, one of them tells it. */
const told = new WeakSet<PlatformRegistry>();

/**
 * Tells operators in the log what they have to do about platforms: variables that are probably mistyped, at the start, and
 * versions of an API that end, at the start and daily.
 */
@Injectable()
export class PlatformNotices implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PlatformNotices.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly registry: PlatformRegistry,
  ) {}

  onApplicationBootstrap(): void {
    if (told.has(this.registry)) return;
    told.add(this.registry);
    for (const { name, meant } of strayPlatformVariables(process.env, this.registry.manifests())) {
      this.logger.warn(`${name} is set, and nothing reads it. ${meant} was probably meant.`);
    }
    this.tellOfVersions();
    this.timer = setInterval(() => this.tellOfVersions(), DAY_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    told.delete(this.registry);
  }

  private tellOfVersions(): void {
    for (const warning of versionWarnings(this.registry.manifests(), this.clock.now())) this.logger.warn(warning);
  }
}
