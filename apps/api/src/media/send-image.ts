import { pipeline } from 'node:stream/promises';
import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type ShownFile } from '#media';

/**
 * Answers with an image for whoever asked, and for nobody's cache but theirs. Its bytes never change: another picture has
 * another address. Whatever was uploaded, it is shown as a picture or not at all. Throws where it cannot be read.
 */
export async function sendImage(request: Request, response: Response, file: ShownFile): Promise<void> {
  const etag = `"${file.digest}"`;
  const headers = {
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    ETag: etag,
  };
  if (isKnown(request, etag)) return void response.status(304).set(headers).end();
  // Before the headers: a problem must not be kept for a year.
  const content = request.method === 'HEAD' ? undefined : await file.open();
  response.set({ ...headers, 'Content-Type': file.contentType, 'Content-Length': String(file.bytes) });
  if (!content) return void response.end();
  await pipeline(content, response).catch((error: NodeJS.ErrnoException) => {
    // Whoever goes away in the middle of it needs no answer.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 compares weakly: a proxy that compresses may have added `W/`. */
function isKnown(request: Request, etag: string): boolean {
  const known = request.get('if-none-match')?.split(',') ?? [];
  return known.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

/** Documents an answer of `sendImage`. */
export function ApiImage(): MethodDecorator {
  return applyDecorators(
    ApiProduces('image/*'),
    ApiOkResponse({ content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } }),
  );
}
