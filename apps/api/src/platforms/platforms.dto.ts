import { ApiProperty } from '@nestjs/swagger';
import { type PlatformManifest } from '#platforms/core';

/** The practice network of a platform. */
export class PracticeDto {
  @ApiProperty({ description: 'Whether practice networks run here.' })
  available: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Credentials of a practice account; empty where it is connected by a consent page.',
  })
  credentials: Record<string, string>;
}

/** A manifest. Its parts are described where they are defined; here are those that every client needs. */
export class PlatformDto {
  @ApiProperty({ example: 'bluesky' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty()
  summary: string;
  @ApiProperty({ format: 'uri' })
  docs: string;
  @ApiProperty({ format: 'date', description: 'When these facts were last compared with the documentation.' })
  verifiedOn: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'How an account is connected.' })
  connect: PlatformManifest['connect'];
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'The form of a post’s settings.' })
  settings: PlatformManifest['settings'];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What a post may contain.' })
  limits: PlatformManifest['limits'];
  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' } })
  capabilities: PlatformManifest['capabilities'];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'How unknown outcomes are cleared up.' })
  reconcile: PlatformManifest['reconcile'];
  @ApiProperty({ type: 'object', additionalProperties: true })
  appearance: PlatformManifest['appearance'];
  @ApiProperty({ type: PracticeDto })
  practice: PracticeDto;
}

export class PlatformsDto {
  @ApiProperty({ type: [PlatformDto] })
  data: PlatformDto[];
}
