import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { PlacesService } from '#channels';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { ConnectionDto } from './connections.dto.js';
import { AddChannelsDto, ReachedPlacesDto, PlacesQuery } from './places.dto.js';

/** Which of the places that an account reaches are channels. */
@ApiTags('Connections')
@Controller('v1/connections/:id')
export class PlacesController {
  constructor(private readonly places: PlacesService) {}

  /** Every place that the account reaches, asked live. For whoever chooses among them, also long after connecting. */
  @Get('places')
  @May('channels.manage', 'connection')
  @ApiOkResponse({ type: ReachedPlacesDto })
  async listPlaces(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Query() { workspaceId }: PlacesQuery,
  ): Promise<ReachedPlacesDto> {
    return { data: await this.places.list(organizationId, id, workspaceId) };
  }

  /** Makes channels of places, without a new sign-in. Those that are channels already stay, and are read anew. */
  @Post('channels')
  @May('channels.manage', 'connection')
  @HttpCode(200)
  @ApiOkResponse({ type: ConnectionDto })
  addChannels(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { workspaceId, places, acceptShared = false }: AddChannelsDto,
  ): Promise<ConnectionDto> {
    return this.places.add(organizationId, id, { workspaceId, externalIds: places, acceptShared });
  }
}
