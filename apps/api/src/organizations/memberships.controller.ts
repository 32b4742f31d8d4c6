import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsService, OrganizationsService, type Principal } from '#accounts';
import { Problem } from '#kernel';
import { May } from '../access/index.js';
import { SignedInDto } from '../auth/auth.dto.js';
import { Authentication } from '../auth/authentication.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { InBrowser } from '../auth/in-browser.decorator.js';
import { whereOf } from '../auth/where.js';
import { WithoutSecondFactor } from '../auth/without-second-factor.decorator.js';
import { MembershipsDto, SwitchOrganizationDto } from './organizations.dto.js';

/** The organizations of one person. */
@ApiTags('Organizations')
@Controller('v1')
export class MembershipsController {
  constructor(
    private readonly authentication: Authentication,
    private readonly accounts: AccountsService,
    private readonly organizations: OrganizationsService,
  ) {}

  /** Every organization that you belong to. An API key knows its own alone. */
  @Get('me/organizations')
  @May('organization.read')
  @WithoutSecondFactor()
  @ApiOkResponse({ type: MembershipsDto })
  async listMyOrganizations(@CurrentPrincipal() principal: Principal): Promise<MembershipsDto> {
    return { data: await this.organizations.mine(principal) };
  }

  /** Goes on in another of your organizations, in a new session. */
  @Post('auth/switch')
  @May('organization.read')
  @InBrowser()
  @WithoutSecondFactor()
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInDto })
  async switchOrganization(
    @CurrentPrincipal() principal: Principal,
    @Body() body: SwitchOrganizationDto,
    @Req() request: Request,
  ): Promise<SignedInDto> {
    const there = await this.accounts.sessionPrincipal(principal.userId, body.organizationId.toLowerCase());
    if (!there) throw Problem.notFound('You belong to no such organization.');
    await this.authentication.begin(request, there);
    await this.organizations.recordSwitch(there, whereOf(request));
    return this.accounts.describe(there);
  }
}
