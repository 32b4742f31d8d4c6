import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { type Request, type Response } from 'express';
import { OutsideIdentitiesService, type OutsideIdentity, SignInService } from '#accounts';
import { randomToken } from '#kernel';
import { Entrance, letWait, waitingIdentity } from './entrance.js';
import { FacebookDeclined, FacebookSignIn } from './facebook-sign-in.js';
import { Public } from './public.decorator.js';
import { SignInOptionsDto } from './security.dto.js';
import { whereOf } from './where.js';

class FacebookStartQuery {
  @ApiPropertyOptional({ default: '/', description: 'Where to go afterwards: an address of the web.' })
  @IsOptional()
  @MaxLength(2000)
  @Matches(/^\/(?![/\\])/)
  next: string = '/';
}

/** Signing in with Facebook, for browsers: every answer leads on to a page. */
@ApiTags('Sign-in')
@Controller('v1/auth')
export class FacebookController {
  constructor(
    private readonly facebook: FacebookSignIn,
    private readonly signIn: SignInService,
    private readonly identities: OutsideIdentitiesService,
    private readonly entrance: Entrance,
  ) {}

  /** The ways to sign in here. */
  @Get('options')
  @Public()
  @ApiOkResponse({ type: SignInOptionsDto })
  async getSignInOptions(@Req() request: Request): Promise<SignInOptionsDto> {
    const provider = await this.facebook.provider();
    const identity = waitingIdentity(request);
    return {
      facebook: { available: provider !== undefined, practice: provider === 'facebook-practice' },
      identity: identity ? { name: identity.name, email: identity.email } : null,
    };
  }

  /** Leads to Facebook's consent page. */
  @Get('facebook')
  @Public()
  @ApiFoundResponse({ description: 'To Facebook.' })
  async startFacebookSignIn(
    @Query() { next }: FacebookStartQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.signIn.countFacebook(whereOf(request));
    const secrets = { state: randomToken(), codeVerifier: randomToken() };
    const page = await this.facebook.consentPage(secrets);
    request.session.outside = { ...secrets, next };
    response.redirect(page);
  }

  /** Where Facebook sends people back to. */
  @Get('facebook/callback')
  @Public()
  @ApiFoundResponse({ description: 'To the page where it goes on.' })
  async finishFacebookSignIn(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.signIn.countFacebook(whereOf(request));
    const begun = request.session?.outside;
    delete request.session?.outside;
    if (!begun || !isSame(begun.state, request.query['state'])) return response.redirect('/sign-in?facebook=again');
    try {
      const identity = await this.facebook.identify(request, begun.codeVerifier);
      response.redirect(await this.goOn(request, identity, begun.next));
    } catch (error) {
      if (!(error instanceof FacebookDeclined)) throw error;
      request.log.info({ err: error }, 'A sign-in at Facebook came to nothing.');
      response.redirect('/sign-in?facebook=declined');
    }
  }

  /** The page where somebody goes on who came back from Facebook. */
  private async goOn(request: Request, identity: OutsideIdentity, next: string): Promise<string> {
    const recognized = await this.identities.recognize(identity);
    const onward = next === '/' ? '' : `&next=${encodeURIComponent(next)}`;
    if (recognized.outcome === 'known') {
      const entry = await this.signIn.withIdentity(recognized.userId, whereOf(request));
      const { secondFactor } = await this.entrance.enter(request, entry, 'facebook');
      return secondFactor ? `/sign-in?step=code${onward}` : next;
    }
    letWait(request, identity);
    const screen = recognized.outcome === 'new' ? '/sign-up' : '/sign-in';
    return `${screen}?facebook=${recognized.outcome}${onward}`;
  }
}

function isSame(expected: string, given: unknown): boolean {
  if (typeof given !== 'string' || given.length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
