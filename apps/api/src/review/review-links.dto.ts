import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import {
  MAX_REVIEW_LINK_DAYS,
  PASSCODE_MAX,
  PASSCODE_MIN,
  REVIEW_LINK_DAYS,
  REVIEW_LINK_STATES,
  type ReviewLinkState,
  type ReviewLinkView,
} from '#planning';
import { ActorDto } from '../publications/publications.dto.js';
import { Omittable } from '../validators.js';

const MAX_EMAIL = 254;
const MAX_NAME = 100;

export class CreateReviewLinkDto {
  @ApiPropertyOptional({
    ...{ format: 'email', maxLength: MAX_EMAIL },
    description: 'The client’s. Without it nobody decides by this link; they look and comment.',
  })
  @Omittable()
  @IsEmail()
  @MaxLength(MAX_EMAIL)
  email?: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_NAME, description: 'The client’s, as others see it.' })
  @Omittable()
  @IsString()
  @Length(1, MAX_NAME)
  @Matches(/\S/, { message: 'name must say something' })
  name?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_REVIEW_LINK_DAYS, default: REVIEW_LINK_DAYS })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(MAX_REVIEW_LINK_DAYS)
  expiresInDays?: number;

  @ApiPropertyOptional({
    ...{ minLength: PASSCODE_MIN, maxLength: PASSCODE_MAX },
    description: 'Asked for before anything is shown. It is not kept, so nobody can look it up later.',
  })
  @Omittable()
  @IsString()
  @Length(PASSCODE_MIN, PASSCODE_MAX)
  passcode?: string;
}

export class ReviewLinkDto implements ReviewLinkView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uri', description: 'To be given to the client. Whoever has it gets in.' })
  address: string;
  @ApiProperty({ type: String, nullable: true })
  email: string | null;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt: Date;
  @ApiProperty({ description: 'Whether one is asked for.' })
  passcode: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt: Date | null;
  @ApiProperty({ type: ActorDto })
  createdBy: ActorDto;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({ enum: REVIEW_LINK_STATES })
  state: ReviewLinkState;
}
