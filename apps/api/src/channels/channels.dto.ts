import { ApiProperty } from '@nestjs/swagger';
import { type ChannelView } from '#channels';
import { FailureDto } from '../connections/failure.dto.js';
import { CapabilitiesDto, PlatformLimitsDto } from '../platforms/platforms.dto.js';

export class ChannelDto implements ChannelView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  connectionId: string;
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty({ description: 'On the practice network.' })
  practice: boolean;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: String, nullable: true })
  handle: string | null;
  @ApiProperty({ type: String, nullable: true })
  url: string | null;
  @ApiProperty({ type: String, nullable: true })
  avatarUrl: string | null;
  @ApiProperty({
    enum: ['healthy', 'disconnected'],
    description: '`disconnected` = its posts are held until the account is connected again.',
  })
  health: ChannelView['health'];
  @ApiProperty({
    type: FailureDto,
    nullable: true,
    description: 'Why this channel alone is disconnected; null where its whole connection is, which says why.',
  })
  failure: FailureDto | null;
  @ApiProperty({ description: 'Somebody stopped it: its posts are held until it is resumed.' })
  paused: boolean;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The platform asked for a break until then.',
  })
  blockedUntil: Date | null;
  @ApiProperty({ type: PlatformLimitsDto, description: 'What a post may contain on this channel.' })
  limits: PlatformLimitsDto;
  @ApiProperty({
    type: CapabilitiesDto,
    description: 'What an ordinary post can have beside it on this channel; what a format cannot have, it has on none.',
  })
  capabilities: CapabilitiesDto;
  @ApiProperty({ type: [String], description: 'Names of settings of its platform that this channel does not have.' })
  withoutSettings: string[];
}

export class ChannelsDto {
  @ApiProperty({ type: [ChannelDto] })
  data: ChannelDto[];
}
