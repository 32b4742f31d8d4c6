import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class PracticeMediaDto {
  @ApiProperty({ example: '/v1/practice/media/9f86d0…', description: 'Below the address of this API.' })
  url: string;
  @ApiProperty({ example: 'image/jpeg' })
  contentType: string;
  @ApiPropertyOptional()
  altText?: string;
}

/** A post as a practice network shows it. */
export class PracticePostDto {
  @ApiProperty({ example: 'mastodon' })
  platform: string;
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId: string;
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ format: 'uuid' })
  publicationId: string;
  @ApiProperty({ description: 'The account that it is on, by the id that the platform has for it.' })
  account: string;
  @ApiProperty()
  accountName: string;
  @ApiProperty({ description: 'What the platform calls the post.' })
  id: string;
  @ApiProperty()
  text: string;
  @ApiPropertyOptional()
  link?: string;
  @ApiProperty({ type: [PracticeMediaDto] })
  media: PracticeMediaDto[];
  @ApiProperty({ format: 'date-time', description: 'When it became visible.' })
  at: string;
  @ApiProperty({ format: 'uri' })
  permalink: string;
}
