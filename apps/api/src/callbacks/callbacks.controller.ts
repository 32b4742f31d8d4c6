import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { PlatformCallbacksService } from '#channels';
import { CONFIG, type Config, Problem } from '#kernel';
import { Public } from '../auth/public.decorator.js';
import { callbackRequestOf } from './raw-body.js';
import { WrongLimit } from './wrong-limit.js';

export class DeletionAnswerDto {
  @ApiProperty({ format: 'uri', description: 'The page that says how far the deletion is.' })
  url: string;
  @ApiProperty({ description: 'Opens that page; the same for whoever asks again.' })
  confirmation_code: string;
}

/**
 * What platforms tell of their own accord. Each request is signed by the platform with the secret of an app of this
 * installation; one that is not is refused and changes nothing.
 */
@ApiTags('Platform callbacks')
@Controller('v1/platforms/:platform/callbacks')
export class CallbacksController {
  private readonly wrong = new WrongLimit();

  constructor(
    private readonly callbacks: PlatformCallbacksService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A person wants what came from the platform about them deleted. */
  @Post('data-deletion')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: DeletionAnswerDto })
  async requestDataDeletion(@Param('platform') platform: string, @Req() request: Request): Promise<DeletionAnswerDto> {
    const code = await this.counted(request, () =>
      this.callbacks.requestDeletion(platform, callbackRequestOf(request)),
    );
    return { url: `${this.config.publicUrl}/deletion/${code}`, confirmation_code: code };
  }

  /** A person took the permission away: their connections end, and what is scheduled on them is held. */
  @Post('deauthorize')
  @HttpCode(204)
  @Public()
  @ApiNoContentResponse()
  deauthorizeAccount(@Param('platform') platform: string, @Req() request: Request): Promise<void> {
    return this.counted(request, () => this.callbacks.deauthorize(platform, callbackRequestOf(request)));
  }

  /** The platform's check that this address is ours. Answers its challenge as text. */
  @Get('webhook')
  @Public()
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'The challenge.' })
  async verifyWebhook(
    @Param('platform') platform: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const challenge = await this.counted(request, async () =>
      this.callbacks.challenge(platform, callbackRequestOf(request)),
    );
    response.type('text/plain').send(challenge);
  }

  /** News about accounts. What ClickPost does not act upon is taken note of, so that the platform does not repeat it. */
  @Post('webhook')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ description: 'It was heard.' })
  receiveWebhook(@Param('platform') platform: string, @Req() request: Request): Promise<void> {
    return this.counted(request, () => this.callbacks.notices(platform, callbackRequestOf(request)));
  }

  private async counted<T>(request: Request, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.status < 500) await this.wrong.count(request.ip);
      throw error;
    }
  }
}
