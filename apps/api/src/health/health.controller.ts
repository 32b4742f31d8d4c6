import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { Database, Problem } from '#kernel';
import { Public } from '../auth/public.decorator.js';
import { isLocal } from '../http/index.js';
import { HealthDto } from './health.dto.js';
import { Metrics } from './metrics.js';

/** For whoever watches over the process. */
@ApiTags('Operation')
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  @ApiOkResponse({ type: HealthDto })
  getLiveness(): HealthDto {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. */
  @Get('health/ready')
  @ApiOkResponse({ type: HealthDto })
  async getReadiness(): Promise<HealthDto> {
    try {
      await this.database.ping();
    } catch (cause) {
      throw Problem.unavailable('The database does not answer. See the log of this process.', { cause });
    }
    return { status: 'ok' };
  }

  /** Measurements for Prometheus, given to this machine alone. */
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  getMetrics(@Req() request: Request): Promise<string> {
    if (!isLocal(request)) throw Problem.forbidden('Measurements are given only to programs on the same machine.');
    return this.metrics.metrics();
  }
}
