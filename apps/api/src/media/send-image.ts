import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type ShownFile } from '#media';
import { sendFile } from '../media-addresses/send-file.js';

/**
 * Answers with a file for whoever asked, and for nobody's cache but theirs, or with a part of it. Its bytes never change:
 * another picture has another address. Whatever was uploaded, it is shown as what it is or not at all. Throws where it
 * cannot be read.
 */
export async function sendImage(request: Request, response: Response, file: ShownFile): Promise<void> {
  await sendFile(request, response, file, { 'Cache-Control': 'private, max-age=31536000, immutable' });
}

/** Documents an answer of `sendImage`. */
export function ApiImage(): MethodDecorator {
  return applyDecorators(
    ApiProduces('image/*'),
    ApiOkResponse({ content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } }),
  );
}
