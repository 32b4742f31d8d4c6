import { Controller, Get, Header, Inject, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CONFIG, type Config, Problem } from '#kernel';
import { Public } from '../auth/public.decorator.js';
import { startPage } from './start-page.js';

/** What a person sees who opens the address of an installation. */
@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @Public()
  @Header('Content-Type', 'text/html; charset=utf-8')
  getStartPage(): string {
    const { enabled, url } = this.config.sandbox;
    return startPage(enabled ? url : undefined);
  }

  /** The feed has an address of its own, as the practice networks do; this one is easier to remember. */
  @Get('practice')
  @Public()
  @Redirect()
  openPracticeFeed(): { url: string } {
    const { enabled, url } = this.config.sandbox;
    if (!enabled) throw Problem.notFound('Practice networks are switched off on this installation.');
    return { url: `${url}/` };
  }
}
