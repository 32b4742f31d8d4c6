import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { AccountsService, actionsInOrganization, type Principal, WorkspacesService } from '#accounts';
import { May } from '../access/index.js';
import { LogInDto, MeDto, SignedInDto, SignedUpDto, SignUpDto } from './auth.dto.js';
import { Authentication } from './authentication.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import { Public } from './public.decorator.js';

/** Signing up, in and out. */
@ApiTags('Sign-in')
@Controller('v1')
export class AuthController {
  constructor(
    private readonly authentication: Authentication,
    private readonly accounts: AccountsService,
    private readonly workspaces: WorkspacesService,
  ) {}

  /** Creates user, organization and first workspace, and signs the user in. */
  @Post('auth/signup')
  @Public()
  @ApiCreatedResponse({ type: SignedUpDto })
  async signUp(@Body() body: SignUpDto, @Req() request: Request): Promise<SignedUpDto> {
    const { user, organization, workspace, principal } = await this.accounts.signUp(body);
    await this.authentication.begin(request, principal);
    return { user, organization, workspace };
  }

  @Post('auth/login')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: SignedInDto })
  async logIn(
    @Body() _body: LogInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInDto> {
    const principal = await this.authentication.checkPassword(request, response);
    await this.authentication.begin(request, principal);
    return this.accounts.describe(principal);
  }

  /** Ends the session of this browser. Succeeds also when there is none. */
  @Post('auth/logout')
  @HttpCode(204)
  @Public()
  @ApiNoContentResponse()
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.authentication.end(request, response);
  }

  /** Who I am, and where. */
  @Get('me')
  @May('organization.read')
  @ApiOkResponse({ type: MeDto })
  async getMe(@CurrentPrincipal() principal: Principal): Promise<MeDto> {
    const described = await this.accounts.describe(principal);
    return {
      ...described,
      role: principal.role,
      may: actionsInOrganization(principal),
      workspaces: await this.workspaces.list(principal),
    };
  }
}
