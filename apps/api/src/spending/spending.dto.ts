import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { type ChannelSpending, type PriceSum, type SpendingSums, type WorkspaceSpending } from '#publishing';

/** Longer than any instant is written. */
const MAX_INSTANT = 64;

/** Of which time. */
export class SpendingQuery {
  @ApiProperty({ type: 'string', format: 'date-time', description: 'The first instant.' })
  @IsString()
  @MaxLength(MAX_INSTANT)
  from: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'The instant behind the last one, at most a year later.',
  })
  @IsString()
  @MaxLength(MAX_INSTANT)
  to: string;
}

/** How often something that has a price was used. */
export class PriceSumDto implements PriceSum {
  @ApiProperty({ example: 'x' })
  platform: string;
  @ApiProperty({ example: 'post-with-link', description: 'Its id in the price list of the platform.' })
  price: string;
  @ApiProperty({ example: 'a post that holds a link' })
  label: string;
  @ApiProperty({ type: 'integer' })
  count: number;
  @ApiProperty({ description: 'US dollars, at the prices of those days.' })
  usd: number;
}

/** What was spent for one channel. */
export class ChannelSpendingDto implements ChannelSpending {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null = for the connecting of accounts, before they had a channel.',
  })
  channelId: string | null;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty()
  platform: string;
  @ApiProperty({ description: 'US dollars.' })
  usd: number;
  @ApiProperty({ type: [PriceSumDto] })
  prices: PriceSumDto[];
}

/** Sums, the dearest first. */
export class SpendingSumsDto implements SpendingSums {
  @ApiProperty({ description: 'US dollars in all.' })
  usd: number;
  @ApiProperty({ type: [PriceSumDto] })
  prices: PriceSumDto[];
  @ApiProperty({ type: [ChannelSpendingDto] })
  channels: ChannelSpendingDto[];
}

/** What a workspace spent at platforms that are paid for by use. */
export class SpendingDto extends SpendingSumsDto implements WorkspaceSpending {
  @ApiProperty({ type: String, format: 'date-time' })
  from: Date;
  @ApiProperty({ type: String, format: 'date-time' })
  to: Date;
  @ApiProperty({
    type: SpendingSumsDto,
    description: 'What practice would have cost. It is in none of the other sums.',
  })
  practice: SpendingSumsDto;
}
