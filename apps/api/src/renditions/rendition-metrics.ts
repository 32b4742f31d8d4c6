import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Database } from '#kernel';
import { countRenditions } from '#media';
import { Metrics } from '../health/metrics.js';

/** Says in the measurements how the making of renditions goes: read when asked, so that no restart forgets it. */
@Injectable()
export class RenditionMetrics {
  constructor(metrics: Metrics, database: Database) {
    const seconds = new Gauge({
      name: 'clickpost_renditions_seconds',
      help: 'Seconds that the renditions took together which were made in the last 24 hours.',
      registers: [metrics],
    });
    new Gauge({
      name: 'clickpost_renditions',
      help: 'Versions of files that wait to be made or are being made, and those that were made or failed in the last 24 hours.',
      labelNames: ['state'],
      registers: [metrics],
      async collect() {
        const counted = await countRenditions(database);
        this.set({ state: 'waiting' }, counted.waiting);
        this.set({ state: 'running' }, counted.running);
        this.set({ state: 'made' }, counted.made);
        this.set({ state: 'failed' }, counted.failed);
        seconds.set(counted.seconds);
      },
    });
  }
}
