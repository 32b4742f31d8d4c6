import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { OAuthBridge } from '#channels';
import { Public } from '../auth/public.decorator.js';
import { confirmPage, connectedPage, wantsPage } from './callback-page.js';
import { CallbackFilter } from './callback.filter.js';
import { ConnectionDto } from './connections.dto.js';
import { sessionIdOf } from './session-id.js';

/** Where consent pages send people back to. */
@ApiTags('Connections')
@Controller('v1/oauth')
export class OAuthController {
  constructor(private readonly bridge: OAuthBridge) {}

  /**
   * Finishes what `POST /v1/workspaces/{id}/connections` began. The platform sends the browser here; whoever asks for HTML
   * gets a page to read. Each `state` works once, and one that was begun in a browser session only in that session.
   */
  @Get(':platform/callback')
  @Public()
  @UseFilters(CallbackFilter)
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({ type: ConnectionDto })
  async finishConnection(
    @Param('platform') platform: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const connection = await this.bridge.finish(platform, request, sessionIdOf(request));
    response.vary('Accept');
    if (wantsPage(request)) {
      response.type('html').send(connection.awaitsConfirmation ? confirmPage(connection) : connectedPage(connection));
    } else response.json(connection satisfies ConnectionDto);
  }
}
