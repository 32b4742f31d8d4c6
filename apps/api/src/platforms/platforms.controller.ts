import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type ApiVersion, type PlatformManifest } from '#platforms/core';
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
      // What operators chose is in the rest of the manifest already; how they chose it is theirs.
      data: this.platforms.manifests().map(({ options: _, apiVersion, ...manifest }) => ({
        ...manifest,
        ...(apiVersion && { apiVersion: versionOf(apiVersion) }),
        practice: practiceOf(manifest, this.config.sandbox),
      })),
    };
  }
}

function versionOf({ version, endsOn, docs }: ApiVersion) {
  return { version, ...(endsOn !== undefined && { endsOn }), docs };
}

function practiceOf(
  { practiceCredentials }: Pick<PlatformManifest, 'practiceCredentials'>,
  sandbox: Config['sandbox'],
) {
  const credentials = Object.entries(practiceCredentials).map(([name, value]) => [
    name,
    value.replaceAll('{sandbox}', sandbox.url),
  ]);
  return {
    available: sandbox.enabled,
    credentials: Object.fromEntries(sandbox.enabled ? credentials : []) as Record<string, string>,
  };
}
