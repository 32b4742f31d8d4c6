import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsService, OrganizationsService, type Principal } from '#accounts';
import { Problem } from '#kernel';
import { May } from '../access/index.js';
import { SignedInDto } from '../auth/auth.dto.js';
import { Authentication } from '../auth/authentication.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { MembershipsDto, SwitchOrganizationDto } from './organizations.dto.js';
import { requirePerson, whereaboutsOf } from './person.js';

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
  @ApiOkResponse({ type: MembershipsDto })
  async listMyOrganizations(@CurrentPrincipal() principal: Principal): Promise<MembershipsDto> {
    return { data: await this.organizations.mine(principal) };
  }

  /** Goes on in another of your organizations, in a new session. */
  @Post('auth/switch')
  @May('organization.read')
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInDto })
  async switchOrganization(
    @CurrentPrincipal() principal: Principal,
    @Body() body: SwitchOrganizationDto,
    @Req() request: Request,
  ): Promise<SignedInDto> {
    requirePerson(principal);
    const there = await this.accounts.sessionPrincipal(principal.userId, body.organizationId.toLowerCase());
    if (!there) throw Problem.notFound('You belong to no such organization.');
    await this.authentication.begin(request, there);
    await this.organizations.recordSwitch(there, whereaboutsOf(request));
    return this.accounts.describe(there);
  }
}
