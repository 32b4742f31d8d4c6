import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Principal } from '#accounts';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, type Page, PageQuery } from '../http/index.js';
import { ApiImage, sendImage } from '../media/send-image.js';
import { PracticeFeed } from './practice-feed.js';
import { PracticePostDto } from './practice.dto.js';

/** What was published on the practice networks, as it is seen there. */
@ApiTags('Practice')
@Controller('v1/practice')
export class PracticeController {
  constructor(private readonly feed: PracticeFeed) {}

  /** Your organization's posts on practice channels, newest first; what was removed there is not shown. */
  @Get('posts')
  @May('workspace.read')
  @ApiPage(PracticePostDto)
  listPracticePosts(
    @CurrentPrincipal() principal: Principal,
    @Query() query: PageQuery,
  ): Promise<Page<PracticePostDto>> {
    return this.feed.page(principal.organizationId, query);
  }

  /** A file that one of these posts shows. */
  @Get('media/:digest')
  @May('workspace.read')
  @ApiImage()
  async getPracticeMedia(
    @CurrentPrincipal() principal: Principal,
    @Param('digest') digest: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendImage(request, response, await this.feed.image(principal.organizationId, digest));
  }
}
