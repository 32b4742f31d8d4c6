import { Body, Controller, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsService, MembersService, OrganizationsService, type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { May } from '../access/index.js';
import { OrganizationDto } from '../auth/auth.dto.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { InBrowser } from '../auth/in-browser.decorator.js';
import { whereOf } from '../auth/where.js';
import { WithoutSecondFactor } from '../auth/without-second-factor.decorator.js';
import { Claim, IdPipe } from '../http/index.js';
import {
  CreatedOrganizationDto,
  CreateOrganizationDto,
  MemberDto,
  TransferOrganizationDto,
  UpdateOrganizationDto,
} from './organizations.dto.js';

/** The organization: its name, whose it is, and whether it publishes. */
@ApiTags('Organizations')
@Controller('v1/organizations')
export class OrganizationsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly organizations: OrganizationsService,
    private readonly members: MembersService,
  ) {}

  /** Creates a further organization, with its first workspace. You become its owner and stay where you are. */
  @Post()
  @May('organization.read')
  @InBrowser()
  @ApiCreatedResponse({ type: CreatedOrganizationDto })
  createOrganization(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateOrganizationDto,
    @Req() request: Request,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<CreatedOrganizationDto> {
    return this.organizations.create(principal, body, whereOf(request), claim);
  }

  @Patch(':id')
  @May('organization.change')
  @ApiOkResponse({ type: OrganizationDto })
  updateOrganization(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateOrganizationDto,
  ): Promise<OrganizationDto> {
    return this.organizations.rename(principal, id, body.name);
  }

  /** Makes another member the owner in your place. You stay as an admin. */
  @Post(':id/transfer')
  @May('organization.transfer')
  @HttpCode(200)
  @ApiOkResponse({ type: MemberDto, description: 'The new owner.' })
  transferOrganization(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() body: TransferOrganizationDto,
  ): Promise<MemberDto> {
    return this.members.transfer(principal, id, body.userId.toLowerCase());
  }

  /** Ends your own membership, with your sessions here and your API keys. The only owner cannot leave. */
  @Post(':id/leave')
  @May('organization.read')
  @InBrowser()
  @WithoutSecondFactor()
  @HttpCode(204)
  @ApiNoContentResponse()
  leaveOrganization(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    return this.members.remove(principal, id, principal.userId);
  }

  /** Holds everything that is scheduled in the organization. What is being published at this moment goes out. */
  @Post(':id/pause')
  @May('organization.pause')
  @HttpCode(200)
  @ApiOkResponse({ type: OrganizationDto })
  pauseOrganization(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<OrganizationDto> {
    return this.accounts.setPaused(principal, id, true);
  }

  /** Lets a paused organization publish again. */
  @Post(':id/resume')
  @May('organization.pause')
  @HttpCode(200)
  @ApiOkResponse({ type: OrganizationDto })
  resumeOrganization(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<OrganizationDto> {
    return this.accounts.setPaused(principal, id, false);
  }
}
