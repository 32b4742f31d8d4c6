import { type Done } from './disturber.js';
import { type Installation } from './installation.js';
import { type Ledger } from './ledger.js';

const EVERY_MS = 10_000;

/** Says every ten seconds how far the run is. */
export class Progress {
  private constructor(private readonly timer: NodeJS.Timeout) {}

  /** @param begun `performance.now()` of the run's beginning */
  static start(
    installation: Installation,
    ledger: Ledger,
    done: Done,
    begun: number,
    tell: (sentence: string) => void,
  ): Progress {
    const look = async () => {
      const rows = await installation.query<{ state: string; count: number }>(
        'select state, count(*)::int as count from publications group by 1 order by 1',
      );
      const states = rows.map(({ state, count }) => `${count} ${state}`);
      const seconds = Math.round((performance.now() - begun) / 1000);
      const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
      tell(
        `${seconds} s: ${ledger.intents.length} written, ${done.kills} kills; ${states.join(', ') || 'nothing yet'}; ` +
          `${memory} MB in use here`,
      );
    };
    // A look that fails while everything is taken away is nobody's loss; the database's absence is waited out by itself.
    const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
    return new Progress(timer);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
