import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { FileNotFoundError, type FileStorage, Problem, STORAGE } from '#kernel';
import { type FoundFile, MediaAddresses } from '#media';
import { Public } from '../auth/public.decorator.js';
import { GuessLimit } from './guess-limit.js';
import { sendFile } from './send-file.js';

/** What networks fetch that take an address in place of a file. Who knows an address may read the file. */
@Controller('media')
export class MediaAddressesController {
  constructor(
    private readonly addresses: MediaAddresses,
    private readonly guesses: GuessLimit,
    @Inject(STORAGE) private readonly storage: FileStorage,
  ) {}

  /** The file behind an address, whole or a part of it. */
  @Get(':token/:name')
  @Public()
  @ApiExcludeEndpoint()
  async getPublicMedia(
    @Param('token') token: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const file = this.addresses.find(token, name);
    if (!file) {
      await this.guesses.count(request.ip);
      throw notHere();
    }
    await this.send(request, response, file);
  }

  private async send(request: Request, response: Response, file: FoundFile): Promise<void> {
    const { storageKey, contentType, bytes, tag, filename } = file;
    const sent = {
      ...{ contentType, bytes, digest: tag },
      open: (range?: { start: number; end?: number }) => this.storage.open(storageKey, range),
    };
    try {
      await sendFile(request, response, sent, {
        'Cache-Control': 'private, no-transform, max-age=3600',
        // Its name is made of letters, digits, `-` and `_`.
        'Content-Disposition': `inline; filename="${filename}"`,
        'X-Robots-Tag': 'noindex',
      });
    } catch (error) {
      throw error instanceof FileNotFoundError ? notHere() : error;
    }
  }
}

function notHere(): Problem {
  return Problem.notFound('There is no file at this address, or the address has expired.');
}
