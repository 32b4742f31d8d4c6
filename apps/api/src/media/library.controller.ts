import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { validate } from 'uuid';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { MediaChanges, MediaLibrary, type MediaOrder, MediaSearch } from '#media';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, type CursorKeys, decodeCursor, etagOf, IdPipe, type Page, pageOf } from '../http/index.js';
import { ActOnMany } from './act-on-many.js';
import { ActOnMediaDto, folderOf, ListMediaQuery, ListTagsQuery, MediaResultsDto, TagsDto } from './library.dto.js';
import { AddMediaVersionDto, MediaDto, MediaUsesDto, MediaVersionsDto, useView } from './media.dto.js';

/** What a workspace has uploaded: found, sorted, replaced, taken away. */
@ApiTags('Media')
@Controller('v1')
export class LibraryController {
  constructor(
    private readonly search: MediaSearch,
    private readonly library: MediaLibrary,
    private readonly changes: MediaChanges,
    private readonly many: ActOnMany,
  ) {}

  /** The files of a workspace, each in its present version. */
  @Get('workspaces/:id/media')
  @May('workspace.read', 'workspace')
  @ApiPage(MediaDto)
  async listMedia(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Query() { limit, cursor, sort, folderId, ...rest }: ListMediaQuery,
  ): Promise<Page<MediaDto>> {
    const at = cursor === undefined ? undefined : decodeCursor(cursor, isPositionIn(sort));
    const found = await this.search.list(
      organizationId,
      workspaceId,
      { ...rest, folderId: folderOf(folderId) },
      { order: sort, limit: limit + 1, after: at && { key: at[1], id: at[2] } },
    );
    const { data, ...next } = pageOf(found, limit, ({ position }) => [sort, position.key, position.id]);
    return { data: data.map(({ view }) => view), ...next };
  }

  /** The tags that files of the workspace have. */
  @Get('workspaces/:id/media/tags')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: TagsDto })
  async listMediaTags(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Query() { q = '', limit }: ListTagsQuery,
  ): Promise<TagsDto> {
    return { data: await this.search.tags(organizationId, workspaceId, { startsWith: q, limit }) };
  }

  /**
   * Moves, tags or deletes several files, each on its own. All are answered: what was refused says why, and does not touch
   * the others.
   */
  @Post('workspaces/:id/media/actions')
  @HttpCode(200)
  @May('posts.write', 'workspace')
  @ApiOkResponse({ type: MediaResultsDto })
  async actOnMedia(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Req() request: Request,
    @Body() body: ActOnMediaDto,
  ): Promise<MediaResultsDto> {
    return { results: await this.many.act(request, principal, workspaceId, body) };
  }

  /**
   * Takes a file out of the library, with its earlier versions if it is the present one. Posts that are published keep showing
   * it. One that a draft, a scheduled or a held post still needs is refused with 409 and the list of them in `uses`.
   */
  @Delete('media/:id')
  @HttpCode(204)
  @May('posts.write', 'media')
  @ApiNoContentResponse()
  deleteMedia(@CurrentPrincipal() { organizationId }: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    return this.changes.remove(organizationId, id);
  }

  /** The posts whose present revision uses a file. */
  @Get('media/:id/uses')
  @May('workspace.read', 'media')
  @ApiOkResponse({ type: MediaUsesDto })
  async listMediaUses(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<MediaUsesDto> {
    const { data, ...counts } = await this.library.uses(organizationId, id);
    return { data: data.map(useView), ...counts };
  }

  /** All versions of a file. */
  @Get('media/:id/versions')
  @May('workspace.read', 'media')
  @ApiOkResponse({ type: MediaVersionsDto })
  async listMediaVersions(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<MediaVersionsDto> {
    return { data: await this.changes.versions(organizationId, id) };
  }

  /**
   * Lets another file take the place of this one in the library, with its folder and tags. Posts that use this one keep it. The
   * answer is the new version.
   */
  @Post('media/:id/versions')
  @May('posts.write', 'media')
  @ApiCreatedResponse({ type: MediaDto })
  async addMediaVersion(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { mediaId }: AddMediaVersionDto,
    @Claim() claim: IdempotencyClaim | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MediaDto> {
    const added = await this.changes.addVersion(organizationId, id, mediaId, claim);
    response.setHeader('ETag', etagOf(added.version));
    return added;
  }
}

type Position = readonly [MediaOrder, string | number, string];

/** A cursor of one order is none of another. */
function isPositionIn(order: MediaOrder): (keys: CursorKeys) => keys is Position {
  return (keys): keys is Position => {
    const [of, key, id] = keys;
    return keys.length === 3 && of === order && isKeyOf(order, key) && typeof id === 'string' && validate(id);
  };
}

function isKeyOf(order: MediaOrder, key: string | number | undefined): boolean {
  switch (order) {
    case 'newest':
      return typeof key === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(key) && !isNaN(Date.parse(key));
    case 'name':
      return typeof key === 'string';
    case 'size':
      return Number.isSafeInteger(key);
  }
}
