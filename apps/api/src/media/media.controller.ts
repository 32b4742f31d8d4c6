import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { MAX_ALT_TEXT, MediaLibrary } from '#media';
import { requireEditor } from '../access.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, IdPipe } from '../http/index.js';
import { MediaDto } from './media.dto.js';

/** Files to publish. */
@ApiTags('Media')
@Controller('v1')
export class MediaController {
  constructor(private readonly library: MediaLibrary) {}

  /** Keeps an image; each channel is sent a version of it within the channel's limits. */
  @Post('workspaces/:id/media')
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
    requireEditor(principal, 'upload media');
    return this.library.upload(principal.organizationId, workspaceId, request, claim);
  }

  @Get('media/:id')
  @ApiOkResponse({ type: MediaDto })
  getMedia(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<MediaDto> {
    return this.library.get(principal.organizationId, id);
  }
}
