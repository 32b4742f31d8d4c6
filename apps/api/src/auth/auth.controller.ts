import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import {
  AccountsService,
  actionsInOrganization,
  EmailVerificationService,
  OperatorsService,
  type Principal,
  SignInService,
  WorkspacesService,
} from '#accounts';
import { May } from '../access/index.js';
import { LoggedInDto, LogInDto, MeDto, SecondFactorCodeDto, SignedUpDto, SignUpDto } from './auth.dto.js';
import { Authentication } from './authentication.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import { Entrance } from './entrance.js';
import { Public } from './public.decorator.js';
import { whereOf } from './where.js';

/** Signing up, in and out. */
@ApiTags('Sign-in')
@Controller('v1')
export class AuthController {
  constructor(
    private readonly authentication: Authentication,
    private readonly entrance: Entrance,
    private readonly signIn: SignInService,
    private readonly verification: EmailVerificationService,
    private readonly accounts: AccountsService,
    private readonly workspaces: WorkspacesService,
    private readonly operators: OperatorsService,
  ) {}

  /** Creates user, organization and first workspace, signs the user in, and mails a link that confirms the address. */
  @Post('auth/signup')
  @Public()
  @ApiCreatedResponse({ type: SignedUpDto })
  async signUp(@Body() body: SignUpDto, @Req() request: Request): Promise<SignedUpDto> {
    await this.signIn.countSignUp(body.email, whereOf(request));
    const { user, organization, workspace, principal } = await this.accounts.signUp(body);
    await this.verification.send(user.id);
    await this.entrance.enterNew(request, principal);
    return { user, organization, workspace };
  }

  /**
   * Signs in. With a second factor the answer is `{"secondFactor": true}` and a session that can do nothing but
   * `POST /v1/auth/second-factor`.
   */
  @Post('auth/login')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: LoggedInDto })
  async logIn(
    @Body() _body: LogInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoggedInDto> {
    const entry = await this.authentication.checkPassword(request, response);
    return this.entrance.enter(request, entry, 'password');
  }

  /** The second step of signing in: a code from the app, or a recovery code. Each counts once. */
  @Post('auth/second-factor')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: LoggedInDto })
  async enterSecondFactor(@Body() body: SecondFactorCodeDto, @Req() request: Request): Promise<LoggedInDto> {
    return this.entrance.enterCode(request, body.code);
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
      operator: await this.operators.isOperator(principal),
      may: actionsInOrganization(principal),
      workspaces: await this.workspaces.list(principal),
    };
  }
}
