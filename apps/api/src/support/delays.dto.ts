import { ApiProperty } from '@nestjs/swagger';

/** Why publications wait although nobody paused them. */
export class DelayDto {
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty({ description: 'It concerns practice channels.' })
  practice: boolean;
  @ApiProperty({
    enum: ['outage', 'recovering', 'app-limit', 'app-budget'],
    description:
      '`outage`: the platform, or the server that these channels are on, is away. `recovering`: it came back and is not flooded. ' +
      '`app-limit`: the platform takes no more from this installation for now. ' +
      '`app-budget`: what this installation may use of the platform in a day is used up.',
  })
  cause: 'outage' | 'recovering' | 'app-limit' | 'app-budget';
  @ApiProperty({ type: String, format: 'date-time' })
  since: Date;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is tried again; null while it recovers.',
  })
  until: Date | null;
  @ApiProperty({ type: [String], format: 'uuid', description: 'The channels that wait.' })
  channels: string[];
  @ApiProperty({ description: 'What is wrong.' })
  message: string;
  @ApiProperty({ description: 'What follows.' })
  remedy: string;
}

/** All delays. */
export class DelaysDto {
  @ApiProperty({ type: [DelayDto], description: 'The longest first.' })
  data: DelayDto[];
}
