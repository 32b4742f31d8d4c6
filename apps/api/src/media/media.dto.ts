import { ApiProperty } from '@nestjs/swagger';
import { type MediaView } from '#media';

export class MediaDto implements MediaView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['image'] })
  kind: 'image';
  @ApiProperty()
  filename: string;
  @ApiProperty({ example: 'image/jpeg', description: 'As the content of the file says.' })
  contentType: string;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed.' })
  width: number;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed.' })
  height: number;
  @ApiProperty({ type: 'integer' })
  bytes: number;
  @ApiProperty({ type: String, nullable: true, description: 'Describes the image to those who do not see it.' })
  altText: string | null;
}
