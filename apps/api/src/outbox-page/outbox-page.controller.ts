import { Controller, Get, Header, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Request } from 'express';
import { CONFIG, type Config, MailOutbox, Problem } from '#kernel';
import { Public } from '../auth/public.decorator.js';
import { IdPipe, isLocal } from '../http/index.js';
import { letterPage, LETTER_POLICY, listPage, mailPage, PAGE_POLICY } from './pages.js';

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The mail that would have been sent, where no mail server is configured. Its links sign people in: it is for whoever sits
 * at the machine, and never there in production.
 */
@ApiExcludeController()
@Public()
@Controller('outbox')
export class OutboxPageController {
  constructor(
    private readonly outbox: MailOutbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Header('Cache-Control', 'no-store')
  async getOutbox(@Req() request: Request): Promise<string> {
    this.check(request);
    return listPage(await this.outbox.list());
  }

  @Get(':id')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Header('Cache-Control', 'no-store')
  async getOutboxMail(@Req() request: Request, @Param('id', IdPipe) id: string): Promise<string> {
    return mailPage(await this.find(request, id));
  }

  @Get(':id/html')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', LETTER_POLICY)
  @Header('Cache-Control', 'no-store')
  async getOutboxLetter(@Req() request: Request, @Param('id', IdPipe) id: string): Promise<string> {
    return letterPage(await this.find(request, id));
  }

  private async find(request: Request, id: string) {
    this.check(request);
    const mail = await this.outbox.find(id);
    if (!mail) throw Problem.notFound('There is no such mail. What was written is kept for 30 days.');
    return mail;
  }

  /** @throws Problem 404 where mail is sent or in production, 403 for everybody but this machine */
  private check(request: Request): void {
    const { production, mail } = this.config;
    if (production || mail) throw Problem.notFound();
    // By name as well: a page of another site can be made to lie at this machine's address, but not under this name.
    if (!isLocal(request) || !LOCAL_NAMES.has(request.hostname)) {
      throw Problem.forbidden('The mail outbox is shown only on the machine that ClickPost runs on.');
    }
  }
}
