import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { noteForAudit } from '#accounts';
import { claimOf } from '#kernel';
import { type ReviewLinkRecord, ReviewService } from '#planning';
import { DecideDto } from '../approvals/approvals.dto.js';
import { Public } from '../auth/public.decorator.js';
import { anchorOf } from '../comments/comments.dto.js';
import { IdPipe } from '../http/index.js';
import { MediaContentQuery } from '../media/media.dto.js';
import { sendImage } from '../media/send-image.js';
import { CommentReviewDto, EnterPasscodeDto, ReviewCommentDto, ReviewDto, ReviewQuery } from './review.dto.js';
import { isClient, ReviewEntrance } from './review-entrance.js';

const BINARY = { schema: { type: 'string', format: 'binary' } } as const;

/** What a client sees and does by a review link, without an account. */
@ApiTags('Review')
@Controller('v1/review/:token')
@Public()
export class ReviewController {
  constructor(
    private readonly entrance: ReviewEntrance,
    private readonly reviews: ReviewService,
  ) {}

  /** The post as each channel will show it, where its approval stands, and what was said about it. */
  @Get()
  @ApiOkResponse({ type: ReviewDto })
  async getReview(
    @Param('token') token: string,
    @Query() { since }: ReviewQuery,
    @Req() request: Request,
  ): Promise<ReviewDto> {
    const link = await this.entrance.enter(request, token);
    return this.reviews.show(link, { isUse: isClient(request, link), since });
  }

  /** Enters the passcode of a link that has one. The cookie of the answer opens this link for twelve hours. */
  @Post('passcode')
  @HttpCode(204)
  @ApiNoContentResponse()
  async enterReviewPasscode(
    @Param('token') token: string,
    @Body() { passcode }: EnterPasscodeDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.entrance.enterPasscode(request, response, token, passcode);
  }

  /** Decides about exactly the content that the hash names; 409 where the post says something else by now. */
  @Post('decisions')
  @HttpCode(200)
  @ApiOkResponse({ type: ReviewDto })
  async decideReview(
    @Param('token') token: string,
    @Body() { decision, contentHash, comment }: DecideDto,
    @Req() request: Request,
  ): Promise<ReviewDto> {
    const link = await this.entrance.enter(request, token, 'decideReview');
    noteForAudit({ details: { decision } });
    await this.reviews.decide(link, { verdict: decision, contentHash, comment });
    return this.reviews.show(link, { isUse: isClient(request, link) });
  }

  /** Begins a thread that the client and the workspace see, or answers in one. */
  @Post('comments')
  @ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', maxLength: 255 } })
  @ApiCreatedResponse({ type: ReviewCommentDto })
  async commentReview(
    @Param('token') token: string,
    @Body() { text, anchor, parentId }: CommentReviewDto,
    @Req() request: Request,
  ): Promise<ReviewCommentDto> {
    const link = await this.entrance.enter(request, token, 'commentReview');
    const words = { text, anchor: anchor && anchorOf(anchor), parentId };
    return this.reviews.comment(link, words, claimBy(link, request));
  }

  /**
   * A file of the post, or a part of it. A version of a given width is a still image, and says nothing of where it was
   * taken.
   */
  @Get('media/:mediaId/content')
  @ApiProduces('image/*', 'video/*', 'application/*')
  @ApiOkResponse({ content: { 'image/*': BINARY, 'video/*': BINARY, 'application/*': BINARY } })
  async getReviewMediaContent(
    @Param('token') token: string,
    @Param('mediaId', IdPipe) mediaId: string,
    @Query() { width }: MediaContentQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const link = await this.entrance.enter(request, token);
    await sendImage(request, response, await this.reviews.file(link, mediaId, width));
  }

  /** The video that was made for a channel of the post, exactly as it goes out there, or a part of it. */
  @Get('renditions/:renditionId/content')
  @ApiProduces('video/*')
  @ApiOkResponse({ content: { 'video/*': BINARY } })
  async getReviewRenditionContent(
    @Param('token') token: string,
    @Param('renditionId', IdPipe) renditionId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const link = await this.entrance.enter(request, token);
    await sendImage(request, response, await this.reviews.rendition(link, renditionId));
  }
}

/** Repeated requests of a client belong to their link, as those of others to a user. */
function claimBy({ id: userId, organization_id: organizationId }: ReviewLinkRecord, request: Request) {
  const header = request.get('idempotency-key');
  return claimOf({ organizationId, userId, header, route: 'POST /v1/review/comments', body: request.body ?? null });
}
