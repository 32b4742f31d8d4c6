import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { type Principal } from '#accounts';
import { ReconnectionsService } from '#channels';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { ConnectionDto } from './connections.dto.js';
import { ConfirmReconnectDto, ReconnectDto, ReconnectionDto } from './reconnections.dto.js';
import { sessionIdOf } from './session-id.js';

/** A new sign-in for a connection: looked at first, then confirmed. */
@ApiTags('Connections')
@Controller('v1/connections/:id/reconnect')
export class ReconnectionsController {
  constructor(private readonly reconnections: ReconnectionsService) {}

  /**
   * Signs in anew and answers what that would change; nothing of the connection changes before it is confirmed. A platform
   * with a consent page answers its address. It has to be the same account: another one is refused with 409.
   */
  @Post()
  @May('channels.manage', 'connection')
  @HttpCode(200)
  @ApiOkResponse({ type: ReconnectionDto })
  beginReconnection(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) connectionId: string,
    @Body() { credentials, workspaceId }: ReconnectDto,
    @Req() request: Request,
  ): Promise<ReconnectionDto> {
    const sessionId = sessionIdOf(request);
    return this.reconnections.begin({ organizationId, connectionId, credentials, workspaceId, sessionId });
  }

  /** What the finished sign-in would change: every channel that would be gained, kept or lost. */
  @Get()
  @May('channels.manage', 'connection')
  @ApiOkResponse({ type: ReconnectionDto })
  getReconnection(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<ReconnectionDto> {
    return this.reconnections.find(principal.organizationId, id);
  }

  /** Replaces the sign-in. All schedules stay; what is scheduled on lost channels is held. */
  @Post('confirm')
  @May('channels.manage', 'connection')
  @HttpCode(200)
  @ApiOkResponse({ type: ConnectionDto })
  confirmReconnection(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { acceptShared = false, add }: ConfirmReconnectDto,
  ): Promise<ConnectionDto> {
    return this.reconnections.confirm(principal.organizationId, id, { acceptShared, add });
  }

  /**
   * Drops the new sign-in; the connection stays as it is. The tokens go back to the platform, unless the account is connected:
   * then they are only deleted, since a platform may take both permissions for one.
   */
  @Delete()
  @May('channels.manage', 'connection')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteReconnection(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.reconnections.drop(principal.organizationId, id);
  }
}
