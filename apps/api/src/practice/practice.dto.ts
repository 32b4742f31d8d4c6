import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Arrangement } from '#sandbox';

export class PracticeMediaDto {
  @ApiProperty({ example: '/v1/practice/media/9f86d0…', description: 'Below the address of this API.' })
  url: string;
  @ApiProperty({ example: 'image/jpeg' })
  contentType: string;
  @ApiPropertyOptional()
  altText?: string;
}

const ARRANGEMENTS = ['feed', 'gallery', 'tall'] as const satisfies Arrangement[];

/** How a practice network shows a post, beside its text and files. */
export class PracticeLookDto {
  @ApiProperty({
    enum: ARRANGEMENTS,
    description: '`feed` = the text, then the files; `gallery` = the files, then the text; `tall` = one upright file.',
  })
  arrangement: Arrangement;
  @ApiPropertyOptional({ example: 'Reel', description: 'What kind of post it is; absent = the ordinary one.' })
  format?: string;
  @ApiPropertyOptional()
  location?: string;
  @ApiPropertyOptional({ example: 'coffee' })
  topic?: string;
  @ApiPropertyOptional({ description: 'Of its video.' })
  title?: string;
  @ApiProperty({ type: [String], description: 'The answers of its poll; empty where it has none.' })
  poll: string[];
  @ApiProperty({ type: [String], description: 'Who posts it too.' })
  collaborators: string[];
  @ApiPropertyOptional({ description: 'What the post is hidden behind.' })
  warning?: string;
  @ApiPropertyOptional({ description: 'What its files are hidden behind.' })
  spoiler?: string;
  @ApiPropertyOptional({
    example: '/v1/practice/media/9f86d0…',
    description: 'The image that stands for the video, below the address of this API.',
  })
  poster?: string;
  @ApiPropertyOptional({ description: 'The shape in which all files are shown, width by height.' })
  shape?: number;
  @ApiProperty({ type: [String], example: ['Sound: Rain'], description: 'What else is said, a sentence each.' })
  facts: string[];
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
  @ApiPropertyOptional({ description: 'What it answers, by its `id`: a part of a thread, or a comment.' })
  replyTo?: string;
  @ApiProperty({ type: PracticeLookDto })
  look: PracticeLookDto;
  @ApiProperty({ format: 'date-time', description: 'When it became visible.' })
  at: string;
  @ApiProperty({ format: 'uri' })
  permalink: string;
}
