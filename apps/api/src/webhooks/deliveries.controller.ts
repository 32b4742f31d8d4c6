import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { DeliveriesService } from '#notifications';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, IdPipe, type Page, pageById } from '../http/index.js';
import { DeliveriesQuery, DeliveryDetailDto, DeliveryDto, RepeatDeliveriesDto, RepeatedDto } from './webhooks.dto.js';

/** What was sent to webhooks, and what came of it. */
@ApiTags('Webhooks')
@Controller('v1/webhooks/:id')
@May('webhooks.manage')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  /** Sends a `webhook.test` now, once, and answers what came of it. */
  @Post('test')
  @HttpCode(200)
  @ApiOkResponse({ type: DeliveryDetailDto })
  testWebhook(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<DeliveryDetailDto> {
    return this.deliveries.test(organizationId, id);
  }

  /** Newest first. Deliveries are kept for 30 days. */
  @Get('deliveries')
  @ApiPage(DeliveryDto)
  listWebhookDeliveries(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: DeliveriesQuery,
  ): Promise<Page<DeliveryDto>> {
    const { state, type } = query;
    return pageById(query, ({ limit, after: before }) =>
      this.deliveries.list(organizationId, id, { limit, before, state, type }),
    );
  }

  /** Sends all again that failed. */
  @Post('deliveries/repeat')
  @HttpCode(200)
  @ApiOkResponse({ type: RepeatedDto })
  async repeatWebhookDeliveries(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { since }: RepeatDeliveriesDto,
  ): Promise<RepeatedDto> {
    return { repeated: await this.deliveries.repeatFailed(organizationId, id, new Date(since)) };
  }

  /** With what was sent, and each try. */
  @Get('deliveries/:deliveryId')
  @ApiOkResponse({ type: DeliveryDetailDto })
  getWebhookDelivery(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Param('deliveryId', IdPipe) deliveryId: string,
  ): Promise<DeliveryDetailDto> {
    return this.deliveries.get(organizationId, id, deliveryId);
  }

  /** Sends one again, under the same `webhook-id`. */
  @Post('deliveries/:deliveryId/repeat')
  @HttpCode(200)
  @ApiOkResponse({ type: DeliveryDetailDto })
  repeatWebhookDelivery(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) id: string,
    @Param('deliveryId', IdPipe) deliveryId: string,
  ): Promise<DeliveryDetailDto> {
    return this.deliveries.repeat(organizationId, id, deliveryId);
  }
}
