import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { countMail, Database } from '#kernel';
import { Metrics } from '../health/metrics.js';

/** Says in the measurements how much mail waits, and how much was given up: read when asked, so that no restart forgets it. */
@Injectable()
export class MailMetrics {
  constructor(metrics: Metrics, database: Database) {
    new Gauge({
      name: 'clickpost_mails',
      help: 'Mail that waits to be sent, and mail of the last 30 days that was given up.',
      labelNames: ['state'],
      registers: [metrics],
      async collect() {
        const { waiting, givenUp } = await countMail(database);
        this.set({ state: 'waiting' }, waiting);
        this.set({ state: 'given-up' }, givenUp);
      },
    });
  }
}
