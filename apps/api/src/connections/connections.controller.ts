import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { type Principal } from '#accounts';
import { ConnectionsService, OAuthBridge } from '#channels';
import { type IdempotencyClaim, Problem } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, IdPipe } from '../http/index.js';
import { ConnectionDto, ConnectionsDto, CreateConnectionDto } from './connections.dto.js';
import { sessionIdOf } from './session-id.js';

/** Authorizations at platforms. */
@ApiTags('Connections')
@Controller('v1')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly bridge: OAuthBridge,
  ) {}

  /**
   * Connects an account, after using its credentials once. A platform with a consent page answers `authorizing` and the
   * address of that page; the connection is made when somebody has agreed there.
   */
  @Post('workspaces/:id/connections')
  @May('channels.manage', 'workspace')
  @ApiCreatedResponse({ type: ConnectionDto })
  createConnection(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Body() body: CreateConnectionDto,
    @Req() request: Request,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<ConnectionDto> {
    const input = { ...body, organizationId: principal.organizationId, workspaceId };
    if (body.credentials === undefined && this.connections.needsConsent(body.platform)) {
      return this.bridge.start({ ...input, sessionId: sessionIdOf(request) }, claim);
    }
    return this.connections.connect(input, claim);
  }

  /** The connections through which a workspace publishes. */
  @Get('workspaces/:id/connections')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: ConnectionsDto })
  async listConnections(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
  ): Promise<ConnectionsDto> {
    return { data: await this.connections.list(principal.organizationId, workspaceId) };
  }

  /** Every connection that serves a workspace of yours, with its health. Whoever sees all workspaces sees all connections. */
  @Get('organizations/:id/connections')
  @May('workspace.read')
  @ApiOkResponse({ type: ConnectionsDto })
  async listOrganizationConnections(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<ConnectionsDto> {
    if (id !== organizationId) throw Problem.notFound();
    return { data: await this.connections.listAll(organizationId) };
  }

  @Get('connections/:id')
  @May('workspace.read', 'connection')
  @ApiOkResponse({ type: ConnectionDto })
  getConnection(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<ConnectionDto> {
    return this.connections.get(principal.organizationId, id);
  }

  /**
   * Gives the authorization up. Its credentials are deleted; what is scheduled on its channels is held until somebody
   * connects the account again.
   */
  @Delete('connections/:id')
  @May('channels.manage', 'connection')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteConnection(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.connections.disconnect(principal.organizationId, id);
  }
}
