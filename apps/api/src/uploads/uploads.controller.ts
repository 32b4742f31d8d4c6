import { Controller, Delete, Get, Head, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Metadata } from '@tus/server';
import { type Request, type Response } from 'express';
import { type Principal } from '#accounts';
import { Problem } from '#kernel';
import { type UploadRecord, Uploads } from '#media';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { ApiTus } from './api-tus.js';
import { UploadProtocol } from './upload-protocol.js';
import { UploadDto } from './uploads.dto.js';

/** Files that come in pieces, by the tus protocol: for large ones, and for connections that break. */
@ApiTags('Media')
@Controller('v1')
export class UploadsController {
  constructor(
    private readonly uploads: Uploads,
    private readonly protocol: UploadProtocol,
  ) {}

  /** How an upload stands; after its last byte the file is looked at, which takes a moment. */
  @Get('uploads/:id')
  @May('posts.write', 'upload')
  @ApiOkResponse({ type: UploadDto })
  async getUpload(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<UploadDto> {
    const { organizationId } = principal;
    requireOwn(principal, await this.uploads.find(organizationId, id));
    return this.uploads.view(organizationId, id);
  }

  /** What the protocol says of itself, above all the largest size. */
  @Options('workspaces/:id/uploads')
  @May('posts.write', 'workspace')
  @ApiTus('describe')
  async describeUploads(
    @Param('id', IdPipe) _workspaceId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.protocol.describe(request, response);
  }

  /** Announces an upload (tus 1.0.0). Its bytes are sent to the address in `Location`. */
  @Post('workspaces/:id/uploads')
  @May('posts.write', 'workspace')
  @ApiTus('begin')
  async createUpload(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    requireVersion(request);
    const { filename, altText, folderId } = metadataOf(request);
    const { organizationId, userId, name, via, key } = principal;
    const actor = { userId, name, via, apiKeyId: key?.id, ip: request.ip, userAgent: request.get('user-agent') };
    const bytes = lengthOf(request);
    const id = await this.uploads.begin({ organizationId, workspaceId, actor, filename, altText, folderId, bytes });
    await this.protocol.begin(request, response, workspaceId, id);
  }

  /** How many bytes have arrived (tus 1.0.0). */
  @Head('workspaces/:id/uploads/:uploadId')
  @May('posts.write', 'workspace')
  @ApiTus('look')
  async headUpload(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Param('uploadId', IdPipe) uploadId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const upload = await this.uploads.resume(await this.find(principal, workspaceId, uploadId));
    if (upload.state === 'receiving') return this.protocol.answer(request, response, workspaceId, uploadId);
    requireUncancelled(upload);
    const all = { 'Upload-Offset': upload.bytes, 'Upload-Length': upload.bytes };
    response
      .status(200)
      .set({ 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store', ...all })
      .end();
  }

  /** Sends the bytes from `Upload-Offset` on (tus 1.0.0). After the last ones the file is looked at. */
  @Patch('workspaces/:id/uploads/:uploadId')
  @May('posts.write', 'workspace')
  @ApiTus('send')
  async patchUpload(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Param('uploadId', IdPipe) uploadId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const upload = await this.find(principal, workspaceId, uploadId);
    if (upload.state === 'receiving') return this.protocol.answer(request, response, workspaceId, uploadId);
    request.resume();
    requireUncancelled(upload);
    throw Problem.conflict('All bytes of this upload have arrived. Ask for its outcome at /v1/uploads.');
  }

  /** Cancels an upload (tus 1.0.0). What is in the library already stays there. */
  @Delete('workspaces/:id/uploads/:uploadId')
  @May('posts.write', 'workspace')
  @ApiTus('cancel')
  async deleteUpload(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Param('uploadId', IdPipe) uploadId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const upload = await this.find(principal, workspaceId, uploadId);
    requireUncancelled(upload);
    await this.uploads.cancel(upload);
    // Also ends the request that is sending at this moment.
    if (upload.state === 'receiving') return this.protocol.answer(request, response, workspaceId, uploadId);
    response.status(204).set('Tus-Resumable', '1.0.0').end();
  }

  /** @throws Problem 404 for what is not there, of somebody else, or of another workspace */
  private async find(principal: Principal, workspaceId: string, uploadId: string): Promise<UploadRecord> {
    const upload = await this.uploads.find(principal.organizationId, uploadId);
    if (upload.workspace_id !== workspaceId) throw Problem.notFound();
    return requireOwn(principal, upload);
  }
}

/** An upload is of whoever began it: nobody else adds to it. */
function requireOwn({ userId }: Principal, upload: UploadRecord): UploadRecord {
  if (upload.user_id !== userId) throw Problem.notFound();
  return upload;
}

function requireUncancelled({ problem }: UploadRecord): void {
  if (problem?.status === 410) throw new Problem('gone', problem.detail);
}

/** @throws Problem 412 for another version of the protocol, before anything is announced */
function requireVersion(request: Request): void {
  if (request.get('tus-resumable') === '1.0.0') return;
  throw Problem.preconditionFailed('Uploads speak version 1.0.0 of tus. Send the header Tus-Resumable: 1.0.0.');
}

/** @throws Problem 422 where the length is not known ahead */
function lengthOf(request: Request): number {
  const text = request.get('upload-length') ?? '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw Problem.validation([
    {
      field: 'Upload-Length',
      rule: 'required',
      message: 'The length of the file is not given.',
      remedy: 'Send the number of its bytes as Upload-Length.',
    },
  ]);
}

/** @throws Problem 422 for what is no metadata as the protocol writes it */
function metadataOf(request: Request): { filename?: string; altText?: string; folderId?: string } {
  const text = request.get('upload-metadata');
  if (text === undefined) return {};
  try {
    const { filename, altText, folderId } = Metadata.parse(text);
    return { ...(filename && { filename }), ...(altText && { altText }), ...(folderId && { folderId }) };
  } catch {
    throw Problem.validation([
      {
        field: 'Upload-Metadata',
        rule: 'format',
        message: 'The header is not written as the protocol asks.',
        remedy: 'Send names and values in Base64, separated by commas: "filename bW92aWUubXA0".',
      },
    ]);
  }
}
