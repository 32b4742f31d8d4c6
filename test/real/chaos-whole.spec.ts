import { FIGURES, Harness } from '../chaos/harness.js';

const harness = new Harness(1);
afterAll(() => harness.end());

it('loses nothing, sends nothing twice and explains everything while it is killed, cut off and misled', async () => {
  const ran = await harness.run(
    ...['--publications', '36', '--kills', '4', '--seed', '1'],
    ...['--queue', 'postgres', '--workers', '2', '--settle', '120'],
  );
  // The stories of what counted, and the table: whoever reads the failure needs them.
  if (ran.code !== 0) throw new Error(`The run ended with ${ran.code}.\n${ran.report}`);
  const { figures } = ran;
  expect(Object.keys(figures)).toEqual(FIGURES);
  expect(figures).toMatchObject({ publications: 36, kills: 4 });
  expect(figures).toMatchObject({ lost: 0, doubled: 0, wrongVersion: 0, unapproved: 0, unexplained: 0 });
  // It was about something.
  expect(figures['published']).toBeGreaterThan(15);
  expect(figures['faults']).toBeGreaterThan(12);
  expect(ran.count('requests that a network answered wrongly')).toBeGreaterThan(5);
  expect(ran.count('looks that told what became of a request')).toBeGreaterThan(2);
  expect(ran.count('jobs sent a second time')).toBeGreaterThan(10);
  expect(ran.count('messages that hang below another one')).toBeGreaterThan(3);
  expect(ran.count('went out approved')).toBeGreaterThan(2);
  const prevented = ['held for approval', 'decisions refused as stale', 'decisions refused otherwise'];
  expect(prevented.map((what) => ran.count(what))).not.toEqual([0, 0, 0]);
}, 600_000);
