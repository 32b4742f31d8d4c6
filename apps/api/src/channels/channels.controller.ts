import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { ChannelsService } from '#channels';
import { ChannelLiveService } from '#publishing';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { ChannelTermsAnswerDto, ChannelUsagesDto, LookupAnswersDto, LookupQuery } from './channel-live.dto.js';
import { ChannelDto, ChannelsDto } from './channels.dto.js';

/** Places to publish. */
@ApiTags('Channels')
@Controller('v1')
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly live: ChannelLiveService,
  ) {}

  @Get('workspaces/:id/channels')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: ChannelsDto })
  async listChannels(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
  ): Promise<ChannelsDto> {
    return { data: await this.channels.list(principal.organizationId, workspaceId) };
  }

  /** How much is used: of the channel's own limits, as the platform says it now, and of what everybody here shares. */
  @Get('channels/:id/usage')
  @May('workspace.read', 'channel')
  @ApiOkResponse({ type: ChannelUsagesDto })
  async getChannelUsage(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<ChannelUsagesDto> {
    return { data: await this.live.usage(organizationId, id) };
  }

  /** What the platform says right now about posting as this account: who posts, and what may be chosen. Good for a minute. */
  @Get('channels/:id/terms')
  @May('posts.write', 'channel')
  @ApiOkResponse({ type: ChannelTermsAnswerDto })
  async getChannelTerms(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<ChannelTermsAnswerDto> {
    return { terms: (await this.live.terms(organizationId, id)) ?? null };
  }

  /** What the platform finds for a setting of type `lookup`: a place, a page, a person, a board. */
  @Get('channels/:id/lookups/:setting')
  @May('posts.write', 'channel')
  @ApiOkResponse({ type: LookupAnswersDto })
  async lookUpChannelSetting(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Param('setting') setting: string,
    @Query() { query, of }: LookupQuery,
  ): Promise<LookupAnswersDto> {
    return { data: await this.live.lookup(organizationId, id, { setting, query, of }) };
  }

  /** Holds everything that is scheduled on the channel. What is being published at this moment goes out. */
  @Post('channels/:id/pause')
  @May('channels.manage', 'channel')
  @HttpCode(200)
  @ApiOkResponse({ type: ChannelDto })
  pauseChannel(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<ChannelDto> {
    return this.channels.setPaused(principal.organizationId, id, true);
  }

  /** Lets a paused channel publish again. */
  @Post('channels/:id/resume')
  @May('channels.manage', 'channel')
  @HttpCode(200)
  @ApiOkResponse({ type: ChannelDto })
  resumeChannel(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<ChannelDto> {
    return this.channels.setPaused(principal.organizationId, id, false);
  }

  /**
   * Takes a channel off the list. Refused while publications are scheduled on it; what was published through it stays where
   * it is, here and on the platform. Connecting the account again brings it back.
   */
  @Delete('channels/:id')
  @May('channels.manage', 'channel')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteChannel(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.channels.remove(principal.organizationId, id);
  }
}
