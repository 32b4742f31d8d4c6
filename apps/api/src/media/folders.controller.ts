import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { MediaFolders, MediaStorage } from '#media';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, etagOf, IdPipe, IfMatch } from '../http/index.js';
import { CreateFolderDto, FolderDto, FoldersDto, UpdateFolderDto } from './library.dto.js';
import { MediaQuotaDto, SetMediaQuotaDto } from './media.dto.js';

const ETAG = { headers: { ETag: { description: 'For `If-Match`.', schema: { type: 'string' as const } } } };

/** Where the files of a workspace lie, and how much they may take. */
@ApiTags('Media')
@Controller('v1')
export class FoldersController {
  constructor(
    private readonly folders: MediaFolders,
    private readonly storage: MediaStorage,
  ) {}

  /** All folders of a workspace; there are at most 500. */
  @Get('workspaces/:id/media/folders')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: FoldersDto })
  async listMediaFolders(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
  ): Promise<FoldersDto> {
    return { data: await this.folders.list(organizationId, workspaceId) };
  }

  /** Folders lie in each other at most five deep. */
  @Post('workspaces/:id/media/folders')
  @May('posts.write', 'workspace')
  @ApiCreatedResponse({ type: FolderDto, ...ETAG })
  async createMediaFolder(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Body() { name, parentId = null }: CreateFolderDto,
    @Claim() claim: IdempotencyClaim | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FolderDto> {
    return tagged(response, await this.folders.create(organizationId, workspaceId, { name, parentId }, claim));
  }

  /** Renames a folder, or moves it with all that lies in it. */
  @Patch('media/folders/:id')
  @May('posts.write', 'folder')
  @ApiOkResponse({ type: FolderDto, ...ETAG })
  async updateMediaFolder(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() body: UpdateFolderDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FolderDto> {
    return tagged(response, await this.folders.change(organizationId, id, version, body));
  }

  /** Takes a folder away. What lies in it comes to lie where the folder lay; no file is deleted. */
  @Delete('media/folders/:id')
  @HttpCode(204)
  @May('posts.write', 'folder')
  @ApiNoContentResponse()
  deleteMediaFolder(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.folders.remove(organizationId, id, version);
  }

  /** How much the files of a workspace take, and how much they may. */
  @Get('workspaces/:id/media/quota')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: MediaQuotaDto })
  getMediaQuota(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
  ): Promise<MediaQuotaDto> {
    return this.storage.get(organizationId, workspaceId);
  }

  /** Less than is used already refuses further files and takes none away. */
  @Put('workspaces/:id/media/quota')
  @May('storage.manage', 'workspace')
  @ApiOkResponse({ type: MediaQuotaDto })
  setMediaQuota(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Body() { allowedBytes }: SetMediaQuotaDto,
  ): Promise<MediaQuotaDto> {
    return this.storage.set(organizationId, workspaceId, allowedBytes);
  }
}

function tagged(response: Response, folder: FolderDto): FolderDto {
  response.setHeader('ETag', etagOf(folder.version));
  return folder;
}
