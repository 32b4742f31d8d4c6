import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OperatorsService, type Principal } from '#accounts';
import { InstallationAppsService } from '#channels';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { InBrowser } from '../auth/in-browser.decorator.js';
import { InstallationAppDto, InstallationAppsDto, PutAppDto, SetupDto } from './apps.dto.js';

/** The installation's apps at platforms, for those who run it; what can be connected, for everybody. */
@ApiTags('Installation')
@Controller('v1/installation')
export class AppsController {
  constructor(
    private readonly apps: InstallationAppsService,
    private readonly operators: OperatorsService,
  ) {}

  /** Which networks with a consent page can be connected here, and which wait for an operator to enter their app. */
  @Get('setup')
  @May('organization.read')
  @ApiOkResponse({ type: SetupDto })
  async getSetup(): Promise<SetupDto> {
    return { data: await this.apps.setup() };
  }

  /** Every app that a network asks for: whether it is set and by what, and what to enter at the network. For operators. */
  @Get('apps')
  @May('organization.read')
  @InBrowser()
  @ApiOkResponse({ type: InstallationAppsDto })
  async listApps(@CurrentPrincipal() principal: Principal): Promise<InstallationAppsDto> {
    await this.operators.require(principal);
    return { data: await this.apps.list() };
  }

  /** Enters the id and secret of an app. They count at once; what is connected already stays. For operators. */
  @Put('apps/:name')
  @May('organization.read')
  @InBrowser()
  @ApiOkResponse({ type: InstallationAppDto })
  async putApp(
    @CurrentPrincipal() principal: Principal,
    @Param('name') name: string,
    @Body() { clientId, clientSecret }: PutAppDto,
  ): Promise<InstallationAppDto> {
    return this.apps.enter(await this.operators.require(principal), name, clientId, clientSecret);
  }

  /** Takes an app away that was entered here. Accounts that were connected with it can publish no more. For operators. */
  @Delete('apps/:name')
  @May('organization.read')
  @InBrowser()
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteApp(@CurrentPrincipal() principal: Principal, @Param('name') name: string): Promise<void> {
    await this.apps.remove(await this.operators.require(principal), name);
  }
}
