import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { MAX_ALT_TEXT, type MediaKind, type MediaView, PREVIEW_WIDTHS, type PreviewWidth } from '#media';
import { Omittable } from '../validators.js';

export class MediaDto implements MediaView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['image', 'video', 'document'] })
  kind: MediaKind;
  @ApiProperty()
  filename: string;
  @ApiProperty({ example: 'image/jpeg', description: 'As the content of the file says.' })
  contentType: string;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed.' })
  width: number;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed.' })
  height: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of videos and animations, in milliseconds.' })
  durationMs?: number;
  @ApiProperty({ type: 'integer' })
  bytes: number;
  @ApiProperty({ type: String, nullable: true, description: 'Describes the image to those who do not see it.' })
  altText: string | null;
}

export class DescribeMediaDto {
  @ApiProperty({ type: String, nullable: true, maxLength: MAX_ALT_TEXT, description: 'Null takes it away.' })
  @ValidateIf((_, value: unknown) => value !== null)
  @IsString()
  @MaxLength(MAX_ALT_TEXT)
  altText: string | null;
}

export class MediaContentQuery {
  @ApiPropertyOptional({
    enum: PREVIEW_WIDTHS,
    description: 'In pixels: a still image of at most this width. Without it the original.',
  })
  @Omittable()
  @Type(() => Number)
  @IsIn(PREVIEW_WIDTHS)
  width?: PreviewWidth;
}
