import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Principal } from '#accounts';
import { RenditionViews } from '#media';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { sendImage } from '../media/send-image.js';
import { RenditionDto } from './renditions.dto.js';

/** Versions of files that go out, while they are made and after that. */
@ApiTags('Media')
@Controller('v1/renditions')
export class RenditionsController {
  constructor(private readonly renditions: RenditionViews) {}

  /** How far it is. */
  @Get(':id')
  @May('workspace.read', 'rendition')
  @ApiOkResponse({ type: RenditionDto })
  getRendition(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<RenditionDto> {
    return this.renditions.get(principal.organizationId, id);
  }

  /** The file that was made, to look at before it goes out, or a part of it. */
  @Get(':id/content')
  @May('workspace.read', 'rendition')
  @ApiProduces('video/*', 'image/*')
  @ApiOkResponse({
    content: {
      'video/*': { schema: { type: 'string', format: 'binary' } },
      'image/*': { schema: { type: 'string', format: 'binary' } },
    },
  })
  async getRenditionContent(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendImage(request, response, await this.renditions.content(principal.organizationId, id));
  }

  /** Nobody makes it any more; work that is under way ends within seconds. Publications that send it are held. */
  @Post(':id/cancel')
  @May('posts.write', 'rendition')
  @HttpCode(200)
  @ApiOkResponse({ type: RenditionDto })
  cancelRendition(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<RenditionDto> {
    return this.renditions.cancel(principal.organizationId, id);
  }

  /** Makes one that failed, or was cancelled, after all. */
  @Post(':id/retry')
  @May('publications.mend', 'rendition')
  @HttpCode(200)
  @ApiOkResponse({ type: RenditionDto })
  retryRendition(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<RenditionDto> {
    return this.renditions.retry(principal.organizationId, id);
  }
}
