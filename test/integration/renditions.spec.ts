import { type Database } from '#kernel';
import { type MakeMedia, RenditionError, wantRenditions } from '#media';
import { recoverAbandoned, takeNext } from '../../libs/media/renditions/rows.js';
import { ENDED_TWICE } from '../../libs/media/renditions/verdict.js';
import { type TestTenant } from '../support/engine.js';
import { atOnce, NEVER, patient, PLAN, VIDEO, Workshop } from './renditions-workshop.js';

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

describe('renditions as work', () => {
  let shop: Workshop;
  let tenant: TestTenant;
  let database: Database;
  beforeAll(async () => {
    shop = await Workshop.start();
    database = shop.engine.kernel.database;
  });
  beforeEach(async () => {
    await shop.empty();
    tenant = await shop.engine.tenant();
  });
  afterAll(() => shop.close());

  describe('wanting', () => {
    it('brings the time forward, never back, and counts nothing twice', async () => {
      const item = await shop.item(tenant);
      const [soon, later] = [inMinutes(1), inMinutes(60)];
      await shop.want(tenant, [item, item], null);
      expect(await shop.row(item)).toMatchObject({ state: 'waiting', needed_at: null });
      await shop.want(tenant, [item], later);
      expect((await shop.row(item)).needed_at).toEqual(later);
      await shop.want(tenant, [item], soon);
      await shop.want(tenant, [item], later);
      await shop.want(tenant, [item], null);
      expect((await shop.row(item)).needed_at).toEqual(soon);
    });

    it('lets what was cancelled wait again, and leaves what is ready, under way or failed', async () => {
      const item = await shop.wanted(tenant);
      await shop.engine.owner.query(`update renditions set state = 'cancelled'`);
      await shop.want(tenant, [item], null);
      expect((await shop.row(item)).state).toBe('waiting');
      await shop.jobs(() => Promise.reject(new RenditionError(['No.']))).workOne(NEVER);
      await shop.want(tenant, [item], null);
      expect((await shop.row(item)).state).toBe('failed');
    });

    it('makes nothing of what goes out as it is, or not at all', async () => {
      const item = await shop.item(tenant);
      const plans = [{ action: 'keep' }, { action: 'refuse' }] as (typeof PLAN)[];
      await database.tenant(tenant.organizationId, (tx) =>
        wantRenditions(
          tx,
          tenant.organizationId,
          plans.map((plan) => ({ ...item, plan })),
          null,
        ),
      );
      await expect(shop.row(item)).rejects.toThrow('no such rendition');
    });
  });

  describe('the line', () => {
    const order = async (count: number): Promise<string[]> => {
      const taken: string[] = [];
      for (let i = 0; i < count; i += 1) {
        const job = await database.engine((tx) => takeNext(tx));
        if (job) taken.push(job.source_digest);
      }
      return taken;
    };

    it('takes what is needed soonest, and drafts when nothing else waits', async () => {
      const draft = await shop.wanted(tenant, null);
      const later = await shop.wanted(tenant, inMinutes(60));
      const soon = await shop.wanted(tenant, inMinutes(10));
      const moved = await shop.wanted(tenant, inMinutes(600));
      await shop.want(tenant, [moved], inMinutes(1));
      expect(await order(5)).toEqual([moved, soon, later, draft].map(({ digest }) => digest));
    });

    it('is fair to organizations that need theirs at the same time', async () => {
      const other = await shop.engine.tenant();
      const at = inMinutes(10);
      const many = [await shop.wanted(tenant, at), await shop.wanted(tenant, at), await shop.wanted(tenant, at)];
      const one = await shop.wanted(other, at);
      const taken = await order(4);
      expect(taken[0]).toBe(many[0]?.digest);
      expect(taken[1]).toBe(one.digest);
    });

    it('gives one rendition to one of many workers', async () => {
      for (let i = 0; i < 3; i += 1) await shop.wanted(tenant, inMinutes(i));
      const taken: string[] = [];
      // Two that ask at the same instant may find the same one locked; they ask again, as workers do.
      for (let round = 0; taken.length < 3 && round < 20; round += 1) {
        const jobs = await Promise.all([1, 2, 3, 4].map(() => database.engine((tx) => takeNext(tx))));
        taken.push(...jobs.flatMap((job) => job?.id ?? []));
      }
      expect(new Set(taken).size).toBe(3);
      expect(taken).toHaveLength(3);
    });
  });

  describe('making', () => {
    it('stores the file, says what it is, and tells whoever waits', async () => {
      const item = await shop.wanted(tenant);
      expect(await shop.jobs(atOnce).workOne(NEVER)).toBe(true);
      const row = await shop.row(item);
      expect(row).toMatchObject({ state: 'ready', attempts: 1, progress: null });
      expect(await shop.files(tenant)).toEqual([row.storage_key]);
      expect(await shop.told(item)).toEqual(['ready']);
      expect(await shop.jobs(atOnce).workOne(NEVER)).toBe(false);
      const { rows } = await shop.engine.owner.query('select 1 from stray_files where organization_id = $1', [
        tenant.organizationId,
      ]);
      expect(rows).toEqual([]);
    });

    it('says how far it is', async () => {
      const item = await shop.wanted(tenant);
      const { make, begun, finish } = patient();
      const work = shop
        .jobs((plan, facts, input, output, options) => {
          options.onProgress({ fraction: 0.5, remainingMs: 1_234 });
          return make(plan, facts, input, output, options);
        })
        .workOne(NEVER);
      await begun;
      while ((await shop.row(item)).progress !== 0.5) await new Promise((next) => setTimeout(next, 50));
      finish();
      await work;
    });

    it('fails with the words of what is wrong, and goes on with the next', async () => {
      const bad = await shop.wanted(tenant, inMinutes(1));
      const good = await shop.wanted(tenant, inMinutes(2));
      const make: MakeMedia = async (...all) => {
        if ((await shop.row(bad)).state === 'running') throw new RenditionError(['It is damaged.']);
        return atOnce(...all);
      };
      const jobs = shop.jobs(make);
      await jobs.workOne(NEVER);
      await jobs.workOne(NEVER);
      const failed = await shop.row(bad);
      expect(failed).toMatchObject({ state: 'failed', failure: { rule: 'media.rendition-failed' } });
      expect(failed.failure?.message).toContain('It is damaged.');
      expect(await shop.told(bad)).toEqual(['failed']);
      expect((await shop.row(good)).state).toBe('ready');
    });

    it('fails where the uploaded file is gone', async () => {
      const item = await shop.wanted(tenant);
      await shop.storage.delete(`${tenant.organizationId}/originals/${item.digest}`);
      await shop.jobs(atOnce).workOne(NEVER);
      expect(await shop.row(item)).toMatchObject({ state: 'failed', failure: { rule: 'media.original-missing' } });
    });

    it('takes up later, after growing waits, what a full disk kept it from, and makes it then', async () => {
      const item = await shop.wanted(tenant);
      const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const waits: number[] = [];
      for (let i = 0; i < 3; i += 1) {
        await shop.engine.owner.query('update renditions set available_at = now()');
        await shop.jobs(() => Promise.reject(full)).workOne(NEVER);
        const row = await shop.row(item);
        expect(row.state).toBe('waiting');
        waits.push(row.available_at.getTime() - Date.now());
      }
      expect(waits).toEqual([...waits].sort((a, b) => a - b));
      expect(waits[2]).toBeGreaterThan(60_000);
      expect(await shop.jobs(atOnce).workOne(NEVER)).toBe(false);
      await shop.engine.owner.query('update renditions set available_at = now()');
      await shop.jobs(atOnce).workOne(NEVER);
      expect(await shop.row(item)).toMatchObject({ state: 'ready', setbacks: 0 });
      expect(await shop.told(item)).toEqual(['ready']);
    });

    it('takes up later what a store without space refused', async () => {
      const item = await shop.wanted(tenant);
      const full = Object.create(shop.storage) as typeof shop.storage;
      full.putFile = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      await shop.jobs(atOnce, full).workOne(NEVER);
      expect(await shop.row(item)).toMatchObject({ state: 'waiting', setbacks: 1 });
      expect(await shop.files(tenant)).toEqual([]);
    });

    it('ends what takes too long, with words', async () => {
      const item = await shop.wanted(tenant);
      const { make, begun, ended } = patient();
      let isBegun = false;
      void begun.then(() => (isBegun = true));
      const making = shop.making(make);
      making.timeFor = () => 50;
      await shop.jobsOf(making).workOne(NEVER);
      // On a slow machine the time is over before the file is at hand: then nothing was begun that could be ended.
      expect(ended()).toBe(isBegun);
      expect(await shop.row(item)).toMatchObject({ state: 'failed', failure: { rule: 'media.took-too-long' } });
    });

    it('is made once, however many ask for it at the same time', async () => {
      const item = await shop.item(tenant);
      let made = 0;
      const counting: MakeMedia = (...all) => {
        made += 1;
        return atOnce(...all);
      };
      const found = await Promise.all(
        [1, 2, 3].map(() => shop.atOnce(counting).get(tenant.organizationId, item, PLAN, VIDEO)),
      );
      expect(made).toBe(1);
      expect(await shop.files(tenant)).toEqual([found[0]?.storage_key]);
      expect(new Set(found.map(({ storage_key: key }) => key)).size).toBe(1);
      expect(await shop.jobs(counting).workOne(NEVER)).toBe(false);
    });
  });

  describe('ending', () => {
    it('gives back what a worker that stops was making, as if it had never begun', async () => {
      const item = await shop.wanted(tenant);
      const { make, begun, ended } = patient();
      const stop = new AbortController();
      const work = shop.jobs(make).workOne(stop.signal);
      await begun;
      stop.abort();
      await work;
      expect(ended()).toBe(true);
      expect(await shop.row(item)).toMatchObject({ state: 'waiting', attempts: 0, deaths: 0 });
    });

    it('stops within seconds what is cancelled, and keeps nothing of it', async () => {
      const item = await shop.wanted(tenant);
      const { make, begun, ended } = patient();
      const work = shop.jobs(make).workOne(NEVER);
      await begun;
      await shop.engine.owner.query(`update renditions set state = 'cancelled', lease = null`);
      await work;
      expect(ended()).toBe(true);
      expect((await shop.row(item)).state).toBe('cancelled');
      expect(await shop.files(tenant)).toEqual([]);
    });

    it('takes up afresh, once, what a worker left behind, and then says why not again', async () => {
      const item = await shop.wanted(tenant);
      const die = async (): Promise<void> => {
        expect(await database.engine((tx) => takeNext(tx))).toBeDefined();
        await shop.engine.owner.query(`update renditions set leased_until = now() - interval '1 second'`);
        await shop.jobs(atOnce).recover();
      };
      await die();
      expect(await shop.row(item)).toMatchObject({ state: 'waiting', deaths: 1 });
      expect(await shop.told(item)).toEqual([]);
      await die();
      const row = await shop.row(item);
      expect(row).toMatchObject({ state: 'failed', failure: ENDED_TWICE });
      expect(row.failure?.message).toContain('worker ended twice while making it');
      expect(await shop.told(item)).toEqual(['failed']);
    });

    it('takes no word of a maker whose time was over, and no file of it', async () => {
      const item = await shop.wanted(tenant);
      const { make, begun, finish } = patient();
      const work = shop.jobs(make).workOne(NEVER);
      await begun;
      await shop.engine.owner.query(`update renditions set leased_until = now() - interval '1 second'`);
      await database.engine((tx) => recoverAbandoned(tx, ENDED_TWICE));
      finish();
      await work;
      await shop.jobs(atOnce).workOne(NEVER);
      const row = await shop.row(item);
      expect(row.state).toBe('ready');
      expect(await shop.told(item)).toEqual(['ready']);
      await shop.tidying().tidy();
      expect(await shop.files(tenant)).toEqual([row.storage_key]);
    });
  });
});
