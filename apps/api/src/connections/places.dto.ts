import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { type PlaceView } from '#channels';
import { Omittable } from '../validators.js';

/** More than any account reaches. */
export const MAX_PLACES = 1_000;
/** Longer than any id that a platform gives out, in characters. */
export const MAX_PLACE_ID = 300;

export class PlacesQuery {
  @ApiProperty({ format: 'uuid', description: 'The workspace whose channels are compared with them.' })
  @IsUUID()
  workspaceId: string;
}

export class ReachedPlaceDto implements PlaceView {
  @ApiProperty({ description: 'The platform’s id.' })
  externalId: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: String, nullable: true })
  handle: string | null;
  @ApiProperty({ type: String, nullable: true })
  url: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Page',
    description: 'What it is, where the platform has several kinds.',
  })
  kind: string | null;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The channel of the workspace that it is already.',
  })
  channelId: string | null;
  @ApiProperty({ description: 'Another workspace publishes there: it is added only with `acceptShared`.' })
  shared: boolean;
}

export class ReachedPlacesDto {
  @ApiProperty({ type: [ReachedPlaceDto] })
  data: ReachedPlaceDto[];
}

export class AddChannelsDto {
  @ApiProperty({ format: 'uuid', description: 'The workspace that gets the channels.' })
  @IsUUID()
  workspaceId: string;

  @ApiProperty({ type: [String], maxItems: MAX_PLACES, description: 'Each an `externalId` of the places.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PLACES)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(MAX_PLACE_ID, { each: true })
  places: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'Say yes to publishing where another workspace publishes as well.',
  })
  @Omittable()
  @IsBoolean()
  acceptShared?: boolean;
}
