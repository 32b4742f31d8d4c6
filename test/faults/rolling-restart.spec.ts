import { rollThrough } from './rolling.js';

test('rule 15: workers are replaced one after the other while they publish: everything once, nothing failed', async () => {
  await rollThrough();
}, 240_000);
