import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { MAX_ALT_TEXT, MediaChanges, MediaLibrary, MediaUploads, Renditions } from '#media';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, etagOf, IdPipe, IfMatch } from '../http/index.js';
import { MediaContentQuery, MediaDto, UpdateMediaDto } from './media.dto.js';
import { ApiImage, sendImage } from './send-image.js';

const ETAG = { headers: { ETag: { description: 'For `If-Match`.', schema: { type: 'string' as const } } } };

/** Files to publish. */
@ApiTags('Media')
@Controller('v1')
export class MediaController {
  constructor(
    private readonly library: MediaLibrary,
    private readonly changes: MediaChanges,
    private readonly uploads: MediaUploads,
    private readonly renditions: Renditions,
  ) {}

  /** Keeps an image; each channel is sent a version of it within the channel's limits. */
  @Post('workspaces/:id/media')
  @May('posts.write', 'workspace')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        altText: { type: 'string', maxLength: MAX_ALT_TEXT, description: 'Describes the image.' },
      },
    },
  })
  @ApiCreatedResponse({ type: MediaDto })
  uploadMedia(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Req() request: Request,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<MediaDto> {
    const { organizationId, userId, name } = principal;
    return this.uploads.upload({ organizationId, workspaceId, uploadedBy: { id: userId, name } }, request, claim);
  }

  @Get('media/:id')
  @May('workspace.read', 'media')
  @ApiOkResponse({ type: MediaDto, ...ETAG })
  async getMedia(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MediaDto> {
    return tagged(response, await this.library.get(organizationId, id));
  }

  /** Describes, renames, moves or tags a file. Posts that are written already keep their own description. */
  @Patch('media/:id')
  @May('posts.write', 'media')
  @ApiOkResponse({ type: MediaDto, ...ETAG })
  async updateMedia(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() body: UpdateMediaDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MediaDto> {
    return tagged(response, await this.changes.update(organizationId, id, version, body));
  }

  /** The picture itself. A version of a given width is a still image, and says nothing of where it was taken. */
  @Get('media/:id/content')
  @May('workspace.read', 'media')
  @ApiImage()
  async getMediaContent(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() { width }: MediaContentQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendImage(request, response, await this.renditions.shown(principal.organizationId, id, width));
  }
}

function tagged(response: Response, media: MediaDto): MediaDto {
  response.setHeader('ETag', etagOf(media.version));
  return media;
}
