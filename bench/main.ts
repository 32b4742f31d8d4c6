import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { authorisedRead } from './authorised-read.js';
import { createAndSchedule } from './create-and-schedule.js';
import { dispatchQuery } from './dispatch-query.js';
import { media } from './media.js';
import { publish } from './publish.js';
import { publishSpread } from './publish-spread.js';
import { type Measurement, table } from './report.js';
import { startUp } from './start-up.js';
import { upload } from './upload.js';
import { web } from './web.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    idle: { type: 'string', default: '60' },
    posts: { type: 'string', default: '2000' },
    publications: { type: 'string', default: '10000' },
    channels: { type: 'string', default: '1000' },
    queue: { type: 'string', multiple: true, default: ['embedded', 'redis'] },
    workers: { type: 'string', multiple: true, default: ['1', '2'] },
    scheduled: { type: 'string', default: '1000000' },
    profile: { type: 'boolean', default: false },
  },
});

const benchmarks: Record<string, () => Promise<Measurement[]>> = {
  'start-up': () => startUp(Number(values.idle) * 1000),
  'create-and-schedule': () => createAndSchedule(Number(values.posts)),
  'authorised-read': authorisedRead,
  web,
  publish: () =>
    publish({
      publications: Number(values.publications),
      channels: Number(values.channels),
      queues: values.queue.map(queueOf),
      workers: values.workers.map(Number),
      profile: values.profile,
    }),
  'publish-spread': publishSpread,
  media,
  upload,
  'dispatch-query': () => dispatchQuery(Number(values.scheduled), values.profile),
};

const measurements: Measurement[] = [];
for (const name of values.only ?? Object.keys(benchmarks)) {
  const benchmark = benchmarks[name];
  if (!benchmark) throw new Error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(', ')}.`);
  console.error(`${name} ...`);
  measurements.push(...(await benchmark()));
}
const [cpu] = cpus();
console.log(
  `\n${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
);
console.log(table(measurements));

function queueOf(name: string): 'embedded' | 'redis' {
  if (name === 'embedded' || name === 'redis') return name;
  throw new Error(`There is no queue "${name}". There are: embedded, redis.`);
}
