import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  alsoRemove,
  ask,
  cleanUp,
  commandOf,
  copyProject,
  postmasterPid,
  Program,
  publicFolder,
} from '../support/embedded-postgres-program.js';

/** Two accounts that every Linux has: https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/usernames.html */
const ordinary = 1;
const nobody = 65534;
const noName = 54321;

afterEach(cleanUp);

async function accountOf(cluster: string): Promise<number> {
  const status = await readFile(`/proc/${await postmasterPid(cluster)}/status`, 'utf8');
  return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
}

/** A folder under root's own home that nobody else may enter; also cleans up what the product puts elsewhere then. */
async function privateFolder(): Promise<string> {
  for (const path of ['/var/lib/clickpost', '/var/lib/clickpost/postgres']) if (!existsSync(path)) alsoRemove(path);
  const folder = await mkdtemp(join(homedir(), 'clickpost-private-'));
  alsoRemove(folder);
  expect((await stat(folder)).mode & 0o077).toBe(0);
  return folder;
}

async function ownedBy(uid: number, path: string): Promise<string> {
  await mkdir(path);
  await chown(path, uid, uid);
  return path;
}

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
if (!isRoot)
  process.stderr.write('Left out: accounts of the embedded PostgreSQL, because only root can become another user.\n');
const asRoot = isRoot ? describe : describe.skip;

asRoot('the account of the embedded PostgreSQL', () => {
  it('is an unprivileged one when root starts it', async () => {
    const folder = await publicFolder();
    const program = new Program(await copyProject(join(folder, 'project'), 'copied'), join(folder, 'data'));
    const { url, dataDirectory } = await program.ready();
    expect(dataDirectory).toBe(join(folder, 'data'));
    expect(await accountOf(join(dataDirectory, 'cluster'))).toBe(nobody);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await program.stop();
  });

  it('gets its files elsewhere when root runs a checkout in a private folder, and finds them again', async () => {
    const folder = await privateFolder();
    const project = await copyProject(join(folder, 'project'), 'copied');
    const data = join(project, 'data');
    const first = new Program(project, data);
    const { ownerUrl, dataDirectory } = await first.ready();
    alsoRemove(dataDirectory);
    expect(dataDirectory).toMatch(/^\/var\/lib\/clickpost\//);
    expect(first.sentences.join()).toContain(`its files are kept in ${dataDirectory}`);
    const postmaster = await postmasterPid(join(dataDirectory, 'cluster'));
    expect(await commandOf(postmaster)).toMatch(/^\/var\/lib\/clickpost\/postgres\/.*\/bin\/postgres/);
    expect(await accountOf(join(dataDirectory, 'cluster'))).toBe(nobody);
    await ask(ownerUrl, 'CREATE TABLE kept (id int)');
    await first.stop();

    const second = new Program(project, data);
    expect((await second.ready()).dataDirectory).toBe(dataDirectory);
    expect(await ask(ownerUrl, 'SELECT * FROM kept')).toEqual([]);
    expect(second.sentences).toEqual(['Starting the database ...']);
    await second.stop();
  });

  it('refuses to begin anew when what is kept elsewhere has gone', async () => {
    const folder = await publicFolder();
    const project = await copyProject(join(folder, 'project'), 'copied');
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'database-location.txt'), '/var/lib/clickpost/gone\n');
    const { message } = await new Program(project, join(folder, 'data')).failure();
    expect(message).toContain('/var/lib/clickpost/gone, and that folder is gone');
  });

  it('is the own one of an ordinary user, whose data root can start too', async () => {
    const folder = await publicFolder();
    const project = await copyProject(join(folder, 'project'), 'copied');
    const owned = await ownedBy(ordinary, join(folder, 'owned'));
    await chmod(owned, 0o700);
    const data = join(owned, 'data');
    for (const uid of [ordinary, 0, ordinary]) {
      const program = new Program(project, data, { uid });
      const { url } = await program.ready();
      expect(await accountOf(join(data, 'cluster'))).toBe(ordinary);
      expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await program.stop();
    }
  });

  it("explains that another user's database cannot be started", async () => {
    const folder = await publicFolder();
    const project = await copyProject(join(folder, 'project'), 'copied');
    const data = await ownedBy(ordinary, join(folder, 'data'));
    const asRoot = new Program(project, data);
    await asRoot.ready();
    await asRoot.stop();
    const { message } = await new Program(project, data, { uid: ordinary }).failure();
    expect(message).toContain(`belongs to user ${nobody}, and this process is user ${ordinary}`);
  });

  it('needs a name in /etc/passwd, and the error says so', async () => {
    const folder = await publicFolder();
    const project = await copyProject(join(folder, 'project'), 'copied');
    const data = await ownedBy(noName, join(folder, 'data'));
    const { message } = await new Program(project, data, { uid: noName }).failure();
    expect(message).toContain('add one, or set DATABASE_URL');
  });
});

it("a disk that takes no more shows PostgreSQL's own words, and a later start succeeds", async () => {
  const folder = await publicFolder();
  const project = await copyProject(join(folder, 'project'), 'linked');
  // No file may grow beyond 1 MB, which a write-ahead log of 16 MB has to.
  const full = new Program(project, join(folder, 'data'), { before: 'ulimit -f 2048' });
  expect((await full.failure()).message).toMatch(
    /PostgreSQL could not make its files in .*(could not write|too large)/s,
  );
  const roomy = new Program(project, join(folder, 'data'));
  await roomy.ready();
  await roomy.stop();
});
