import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Request } from 'express';
import { Problem } from '#kernel';
import { IN_BROWSER } from './in-browser.decorator.js';
import { IS_PUBLIC } from './public.decorator.js';
import { WITHOUT_SECOND_FACTOR } from './without-second-factor.decorator.js';

/**
 * After `AccessGuard`: keeps programs from routes for browsers, and whoever has to set up a second factor from everything
 * else. API keys go on working: a program has no app for codes, and was let in by somebody who had.
 */
@Injectable()
export class SecondFactorGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const handlers = [context.getHandler(), context.getClass()];
    const says = (key: symbol) => this.reflector.getAllAndOverride<boolean | undefined>(key, handlers) ?? false;
    const { user, params } = context.switchToHttp().getRequest<Request>();
    if (!user || says(IS_PUBLIC)) return true;
    if (says(IN_BROWSER) && user.via !== 'session') {
      // What a browser's owner has is nothing that a key could name.
      if (params['id'] !== undefined) throw Problem.notFound();
      throw Problem.forbidden('This is done in a browser, not with an API key. Sign in and do it in the settings.');
    }
    if (user.secondFactorMissing && !says(WITHOUT_SECOND_FACTOR)) {
      throw new Problem(
        'second-factor-required',
        'Your organization asks its members for a second factor. Set yours up, then go on.',
      );
    }
    return true;
  }
}
