import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { DeletionRequestsService } from '#channels';
import { Public } from '../auth/public.decorator.js';
import { deletionPage, unknownCodePage } from './deletion-page.js';
import { WrongLimit } from './wrong-limit.js';

/** The page that says how far a request for deletion is, for whoever has its code. */
@Controller('deletion')
export class DeletionController {
  private readonly wrong = new WrongLimit();

  constructor(private readonly requests: DeletionRequestsService) {}

  /** How far it is, in words. */
  @Get(':code')
  @Public()
  @ApiExcludeEndpoint()
  async getDeletionPage(
    @Param('code') code: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const status = await this.requests.status(code.toUpperCase());
    if (!status) await this.wrong.count(request.ip);
    response
      .status(status ? 200 : 404)
      .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
      .type('html')
      .send(status ? deletionPage(status) : unknownCodePage());
  }
}
