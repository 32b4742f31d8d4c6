import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { ReviewLinksService } from '#planning';
import { actorOf, May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { CreateReviewLinkDto, ReviewLinkDto } from './review-links.dto.js';

/** Links by which clients without an account look at a post, comment on it and decide about it. */
@ApiTags('Review links')
@Controller('v1/posts/:id/review-links')
@May('posts.share', 'post')
export class ReviewLinksController {
  constructor(private readonly links: ReviewLinksService) {}

  @Post()
  @ApiCreatedResponse({ type: ReviewLinkDto })
  createReviewLink(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) postId: string,
    @Body() body: CreateReviewLinkDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<ReviewLinkDto> {
    const author = { organizationId: principal.organizationId, actor: actorOf(principal) };
    return this.links.create(author, postId, body, claim);
  }

  /** Newest first, those included that have ended. */
  @Get()
  @ApiPage(ReviewLinkDto)
  listReviewLinks(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) postId: string,
    @Query() query: PageQuery,
  ): Promise<Page<ReviewLinkDto>> {
    return pageById(query, (range) => this.links.list(organizationId, postId, range));
  }

  /** Ends a link at once. */
  @Delete(':linkId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async revokeReviewLink(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) postId: string,
    @Param('linkId', IdPipe) linkId: string,
  ): Promise<void> {
    await this.links.revoke(organizationId, postId, linkId);
  }

  /** Ends all links of the post at once. */
  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse()
  async revokeReviewLinks(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) postId: string,
  ): Promise<void> {
    await this.links.revoke(organizationId, postId);
  }
}
