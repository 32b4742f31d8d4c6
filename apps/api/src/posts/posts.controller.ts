import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { type Author, ChangesService, PostsService, type PostWithPublications } from '#planning';
import { actorOf, May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import {
  ApiPage,
  Claim,
  type CursorKeys,
  decodeCursor,
  etagOf,
  IdPipe,
  IfMatch,
  type Page,
  pageById,
  pageOf,
  PageQuery,
} from '../http/index.js';
import { publicationSummary } from '../publications/views.js';
import {
  ChangesDto,
  ChangesQuery,
  CreatePostDto,
  PostDto,
  PostsQuery,
  PreflightDto,
  RevisionDto,
  UpdatePostDto,
} from './posts.dto.js';
import { PostMediaDto } from './post-media.dto.js';

const ETAG = {
  headers: { ETag: { description: 'Names this version, for `If-Match`.', schema: { type: 'string' } } },
} as const;

/** What is written, and where and when it goes out. */
@ApiTags('Posts')
@Controller('v1')
export class PostsController {
  constructor(
    private readonly posts: PostsService,
    private readonly changes: ChangesService,
  ) {}

  /** Writes a post. Unless it is a draft, it is checked against the rules of each channel and scheduled. */
  @Post('workspaces/:id/posts')
  @May('posts.write', 'workspace')
  @ApiCreatedResponse({ type: PostDto, ...ETAG })
  async createPost(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Body() body: CreatePostDto,
    @Claim() claim: IdempotencyClaim | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostDto> {
    const author = editor(principal);
    const input = { ...body, media: body.media ?? [] };
    return tagged(response, await this.posts.create(author, workspaceId, input, claim, postView));
  }

  /** Says what stands against publishing this, and writes nothing. */
  @Post('workspaces/:id/posts/validate')
  @May('workspace.read', 'workspace')
  @HttpCode(200)
  @ApiOkResponse({ type: PreflightDto })
  async validatePost(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Body() body: CreatePostDto,
  ): Promise<PreflightDto> {
    const input = { ...body, media: body.media ?? [] };
    const { errors, media, costs, notices } = await this.posts.validate(principal.organizationId, workspaceId, input);
    return { valid: errors.length === 0, errors, media, costs, notices };
  }

  /** Newest first; with `state=draft` only those that are not scheduled anywhere. */
  @Get('workspaces/:id/posts')
  @May('workspace.read', 'workspace')
  @ApiPage(PostDto)
  listPosts(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Query() query: PostsQuery,
  ): Promise<Page<PostDto>> {
    const drafts = query.state === 'draft';
    return pageById(query, async (range) =>
      (await this.posts.list(organizationId, workspaceId, { ...range, drafts })).map(postView),
    );
  }

  @Get('posts/:id')
  @May('workspace.read', 'post')
  @ApiOkResponse({ type: PostDto, ...ETAG })
  async getPost(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostDto> {
    return tagged(response, postView(await this.posts.get(principal.organizationId, id)));
  }

  /** What each channel gets of each file, what is changed and why, and how far the making of it is. */
  @Get('posts/:id/media')
  @May('workspace.read', 'post')
  @ApiOkResponse({ type: PostMediaDto })
  async getPostMedia(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<PostMediaDto> {
    return { media: await this.posts.media(organizationId, id) };
  }

  /**
   * Changes a post. What is scheduled follows; a new time moves it, `null` takes it back to a draft. Refused with 409 while
   * it is being published, and when nothing of it can follow any more.
   */
  @Patch('posts/:id')
  @May('posts.write', 'post')
  @ApiOkResponse({ type: PostDto, ...ETAG })
  async updatePost(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() body: UpdatePostDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostDto> {
    return tagged(response, postView(await this.posts.update(editor(principal), id, version, body)));
  }

  /** Deletes a post that nobody has seen. What is scheduled of it is cancelled; its log stays. */
  @Delete('posts/:id')
  @May('posts.write', 'post')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deletePost(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.posts.delete(editor(principal), id, version);
  }

  /** What it said before, newest first. */
  @Get('posts/:id/revisions')
  @May('workspace.read', 'post')
  @ApiPage(RevisionDto)
  async listRevisions(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<RevisionDto>> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor, isNumber)[0];
    const revisions = await this.posts.revisions(organizationId, id, { limit: limit + 1, before });
    return pageOf(revisions, limit, (revision) => [revision.number]);
  }

  /** What differs between two revisions, in words: first what is written for all channels, then channel by channel. */
  @Get('posts/:id/changes')
  @May('workspace.read', 'post')
  @ApiOkResponse({ type: ChangesDto })
  getChanges(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Query() { from, to }: ChangesQuery,
  ): Promise<ChangesDto> {
    return this.changes.get(organizationId, id, from, to);
  }
}

function editor(principal: Principal): Author {
  return { organizationId: principal.organizationId, actor: actorOf(principal) };
}

function tagged(response: Response, post: PostDto): PostDto {
  response.setHeader('ETag', etagOf(post.version));
  return post;
}

function postView({ post, publications, approval }: PostWithPublications): PostDto {
  return {
    id: post.id,
    workspaceId: post.workspace_id,
    revision: post.revision,
    version: post.version,
    ...post.content,
    publications: publications.map(publicationSummary),
    ...(approval && { approval }),
    createdAt: post.created_at,
    updatedAt: post.updated_at,
  };
}

function isNumber(keys: CursorKeys): keys is readonly [number] {
  return keys.length === 1 && Number.isInteger(keys[0]) && Number(keys[0]) > 0 && Number(keys[0]) < 2 ** 31;
}
