import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { MAX_ALT_TEXT, MediaLibrary, MediaUploads, Renditions } from '#media';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, IdPipe } from '../http/index.js';
import { DescribeMediaDto, MediaContentQuery, MediaDto } from './media.dto.js';
import { ApiImage, sendImage } from './send-image.js';

/** Files to publish. */
@ApiTags('Media')
@Controller('v1')
export class MediaController {
  constructor(
    private readonly library: MediaLibrary,
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
    return this.uploads.upload(principal.organizationId, workspaceId, request, claim);
  }

  @Get('media/:id')
  @May('workspace.read', 'media')
  @ApiOkResponse({ type: MediaDto })
  getMedia(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<MediaDto> {
    return this.library.get(principal.organizationId, id);
  }

  /** Describes an uploaded image. Posts that are written already keep their own description. */
  @Patch('media/:id')
  @May('posts.write', 'media')
  @ApiOkResponse({ type: MediaDto })
  describeMedia(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { altText }: DescribeMediaDto,
  ): Promise<MediaDto> {
    return this.library.describe(principal.organizationId, id, altText);
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
