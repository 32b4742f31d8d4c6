import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { createAndSchedule } from './create-and-schedule.js';
import { type Measurement, table } from './report.js';
import { startUp } from './start-up.js';
import { web } from './web.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    idle: { type: 'string', default: '60' },
    posts: { type: 'string', default: '2000' },
  },
});

const benchmarks: Record<string, () => Promise<Measurement[]>> = {
  'start-up': () => startUp(Number(values.idle) * 1000),
  'create-and-schedule': () => createAndSchedule(Number(values.posts)),
  web,
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
