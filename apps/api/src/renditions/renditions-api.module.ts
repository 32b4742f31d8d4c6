import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { RenditionMetrics } from './rendition-metrics.js';
import { RenditionsController } from './renditions.controller.js';

/** `/v1/renditions` */
@Module({ imports: [HealthModule], controllers: [RenditionsController], providers: [RenditionMetrics] })
export class RenditionsApiModule {}
