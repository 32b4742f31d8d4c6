import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { describeEventTypes, WebhooksService } from '#notifications';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, etagOf, IdPipe, IfMatch } from '../http/index.js';
import {
  CreateWebhookDto,
  EventTypesDto,
  UpdateWebhookDto,
  WebhookDto,
  WebhooksDto,
  WebhookWithSecretDto,
} from './webhooks.dto.js';

const ETAG = { headers: { ETag: { description: 'For `If-Match`.', schema: { type: 'string' as const } } } };

/** Where programs are told what happens, signed as the Standard Webhooks specification says. */
@ApiTags('Webhooks')
@Controller('v1/webhooks')
@May('webhooks.manage')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  /** Everything that programs can be told of. */
  @Get('event-types')
  @ApiOkResponse({ type: EventTypesDto })
  listWebhookEventTypes(): EventTypesDto {
    return { data: describeEventTypes() };
  }

  /** All of the organization, oldest first; there are at most 20. */
  @Get()
  @ApiOkResponse({ type: WebhooksDto })
  async listWebhooks(@CurrentPrincipal() { organizationId }: Principal): Promise<WebhooksDto> {
    return { data: await this.webhooks.list(organizationId) };
  }

  /** The answer shows the secret this once. */
  @Post()
  @ApiCreatedResponse({ type: WebhookWithSecretDto, ...ETAG })
  async createWebhook(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateWebhookDto,
    @Claim() claim: IdempotencyClaim | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookWithSecretDto> {
    return tagged(response, await this.webhooks.create(principal, body, claim));
  }

  @Get(':id')
  @ApiOkResponse({ type: WebhookDto, ...ETAG })
  async getWebhook(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookDto> {
    return tagged(response, await this.webhooks.get(organizationId, id));
  }

  /** Changes a webhook, disables it or enables it again. Its secret stays. */
  @Patch(':id')
  @ApiOkResponse({ type: WebhookDto, ...ETAG })
  async updateWebhook(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() body: UpdateWebhookDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookDto> {
    return tagged(response, await this.webhooks.change(organizationId, id, version, body));
  }

  /** Takes a webhook away, with all that is known of what was sent to it. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteWebhook(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.webhooks.remove(organizationId, id, version);
  }

  /** Makes a new secret, shown this once. For 24 hours messages are signed with both. */
  @Post(':id/secret')
  @HttpCode(200)
  @ApiOkResponse({ type: WebhookWithSecretDto, ...ETAG })
  async rotateWebhookSecret(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookWithSecretDto> {
    return tagged(response, await this.webhooks.rotate(organizationId, id));
  }
}

function tagged<T extends WebhookDto>(response: Response, webhook: T): T {
  response.setHeader('ETag', etagOf(webhook.version));
  return webhook;
}
