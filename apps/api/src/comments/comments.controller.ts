import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { may, type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { type Commenter, CommentsService } from '#planning';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, IdPipe, pageById, PageQuery } from '../http/index.js';
import { anchorOf, CommentDto, CommentsPageDto, CreateCommentDto, UpdateCommentDto } from './comments.dto.js';

/** What people say about a post before it goes out, among themselves or with their client. */
@ApiTags('Comments')
@Controller('v1')
export class CommentsController {
  constructor(private readonly comments: CommentsService) {}

  /** Threads with their replies, oldest first. */
  @Get('posts/:id/comments')
  @May('workspace.read', 'post')
  @ApiOkResponse({ type: CommentsPageDto })
  async listComments(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) postId: string,
    @Query() query: PageQuery,
  ): Promise<CommentsPageDto> {
    let openThreads = 0;
    const page = await pageById(query, async (range) => {
      const found = await this.comments.list(organizationId, postId, range);
      ({ openThreads } = found);
      return found.threads;
    });
    return { ...page, openThreads };
  }

  /** Begins a thread, or answers in one; an answer opens a resolved thread again. */
  @Post('posts/:id/comments')
  @May('posts.comment', 'post')
  @ApiCreatedResponse({ type: CommentDto })
  createComment(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) postId: string,
    @Body() { anchor, ...comment }: CreateCommentDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<CommentDto> {
    const input = { ...comment, anchor: anchor && anchorOf(anchor) };
    return this.comments.create(commenter(principal), postId, input, claim);
  }

  /** Changes the words of one's own comment; resolves a thread, or opens it again. */
  @Patch('comments/:id')
  @May('posts.comment', 'comment')
  @ApiOkResponse({ type: CommentDto })
  updateComment(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() change: UpdateCommentDto,
  ): Promise<CommentDto> {
    return this.comments.update(commenter(principal), id, change);
  }

  /** Deletes a comment: one's own, or any for those who may write posts. Replies to it stay. */
  @Delete('comments/:id')
  @May('posts.comment', 'comment')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteComment(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.comments.delete(commenter(principal), id);
  }
}

function commenter(principal: Principal): Commenter {
  const { organizationId, userId, name } = principal;
  return {
    organizationId,
    author: { type: 'member', id: userId, name },
    rights: (workspaceId) => ({
      userId,
      writes: may(principal, 'posts.write', workspaceId),
      approves: may(principal, 'posts.approve', workspaceId),
    }),
  };
}
