import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiProduces, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Principal } from '#accounts';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { EventStreams } from './event-streams.js';
import { EventsQuery, PublicationEventDto, RenditionEventDto } from './events.dto.js';

/** What happens, while it happens. */
@ApiTags('Events')
@Controller('v1')
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  /**
   * Server-sent events. `publication`: a publication of your organization changed; the data says how. `ready`: without a
   * cursor, from now on you are told. `resync`: what you missed cannot be told one by one, load it again. `notification`: load
   * your notifications, they changed, or you have just connected. `post`: something happened to the post of that id which no
   * publication tells, such as an edit, a decision or a comment; load it again. `rendition`: a version of a file that goes out is
   * being made, or came to its end; the data says how far it is. The id of every other event is a cursor to go on behind. The stream ends after five minutes; connect again.
   */
  @Get('events')
  @May('workspace.read')
  @ApiProduces('text/event-stream')
  @ApiExtraModels(PublicationEventDto, RenditionEventDto)
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Goes on behind this event; counts before `after`.',
  })
  @ApiOkResponse({
    description: 'Events; the data of each `publication` and `rendition` is as described here.',
    content: {
      'text/event-stream': {
        schema: { anyOf: [{ $ref: getSchemaPath(PublicationEventDto) }, { $ref: getSchemaPath(RenditionEventDto) }] },
      },
    },
  })
  streamEvents(
    @CurrentPrincipal() principal: Principal,
    @Query() { after }: EventsQuery,
    @Req() request: Request,
    @Res() response: Response,
    @Headers('last-event-id') lastEventId?: string,
  ): void {
    // Express asks this route for HEAD as well, where nothing may follow the headers.
    if (request.method === 'HEAD') response.type('text/event-stream').end();
    else this.streams.start(principal, lastEventId ?? after, response);
  }
}
