import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { type ListedNotification, NotificationsService, PreferencesService } from '#notifications';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { decodeCursor, IdPipe, pageOf } from '../http/index.js';
import { isPosition } from '../publications/position.js';
import {
  type NotificationDto,
  NotificationPreferencesDto,
  NotificationsDto,
  NotificationsQuery,
} from './notifications.dto.js';

/** What needs you, told once for each cause. */
@ApiTags('Notifications')
@Controller('v1')
export class NotificationsController {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly preferences: PreferencesService,
  ) {}

  /** Your own notifications in this organization, the newest first. */
  @Get('notifications')
  @May('organization.read')
  @ApiOkResponse({ type: NotificationsDto })
  async listNotifications(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit, cursor, unread }: NotificationsQuery,
  ): Promise<NotificationsDto> {
    const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, isPosition);
    const after = at === undefined || id === undefined ? undefined : { at, id };
    const found = await this.notifications.list(principal, { unread, limit: limit + 1, after });
    const { data, ...rest } = pageOf(found, limit, (one) => [one.position, one.id]);
    return { data: data.map(view), ...rest, unread: await this.notifications.countUnread(principal) };
  }

  /** Marks one of yours as read. It stays in the list. */
  @Post('notifications/:id/read')
  @HttpCode(204)
  @May('organization.read')
  @ApiNoContentResponse()
  readNotification(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    return this.notifications.read(principal, id);
  }

  /** Marks all of yours as read. */
  @Post('notifications/read')
  @HttpCode(204)
  @May('organization.read')
  @ApiNoContentResponse()
  readNotifications(@CurrentPrincipal() principal: Principal): Promise<void> {
    return this.notifications.readAll(principal);
  }

  /** How you are told by mail in this organization. */
  @Get('me/notification-preferences')
  @May('organization.read')
  @ApiOkResponse({ type: NotificationPreferencesDto })
  getNotificationPreferences(@CurrentPrincipal() principal: Principal): Promise<NotificationPreferencesDto> {
    return this.preferences.read(principal);
  }

  /** Changes how you are told by mail, also of what was not mailed yet. */
  @Put('me/notification-preferences')
  @May('organization.read')
  @ApiOkResponse({ type: NotificationPreferencesDto })
  async putNotificationPreferences(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NotificationPreferencesDto,
  ): Promise<NotificationPreferencesDto> {
    await this.preferences.change(principal, body);
    return body;
  }
}

function view({ position: _, ...notification }: ListedNotification): NotificationDto {
  return notification;
}
