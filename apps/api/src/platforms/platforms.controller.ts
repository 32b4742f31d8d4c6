import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type PlatformManifest } from '#platforms/core';
import { May } from '../access/index.js';
import { PlatformsDto } from './platforms.dto.js';

/** What this installation can publish to: the manifests, from which forms, limits and previews are drawn. */
@ApiTags('Platforms')
@Controller('v1/platforms')
export class PlatformsController {
  constructor(
    private readonly platforms: PlatformRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @May('organization.read')
  @ApiOkResponse({ type: PlatformsDto })
  listPlatforms(): PlatformsDto {
    return {
      data: this.platforms
        .manifests()
        .map((manifest) => ({ ...manifest, practice: practiceOf(manifest, this.config.sandbox) })),
    };
  }
}

function practiceOf({ practiceCredentials }: PlatformManifest, sandbox: Config['sandbox']) {
  const credentials = Object.entries(practiceCredentials).map(([name, value]) => [
    name,
    value.replaceAll('{sandbox}', sandbox.url),
  ]);
  return {
    available: sandbox.enabled,
    credentials: Object.fromEntries(sandbox.enabled ? credentials : []) as Record<string, string>,
  };
}
