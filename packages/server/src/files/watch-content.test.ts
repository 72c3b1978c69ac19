import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { type ContentWatchOptions, watchContent } from './watch-content.ts';
import { type WatchFolder, watchFolderBySystem } from './watch-path.ts';

/** Longer than any test lets pass. */
const NEVER_MS = 2 ** 31 - 1;

/** A file system whose events never come. */
const blind: WatchFolder = () => ({ on: () => blind('', () => {}), close() {} }) as never;

/** Watches files. Time passes only while `next` waits for the content that is passed on next, or `look` for readings. */
function watching(t: TestContext, paths: readonly string[], options: Partial<ContentWatchOptions> = {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const events = new EventEmitter<{ content: [string]; reading: [] }>();
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const read = async () => (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join();
  const passedOn: string[] = [];
  const watch = watchContent({
    paths,
    name: 'the file',
    inUse: 'nothing yet',
    digest: async () => {
      setImmediate(() => events.emit('reading'));
      return read();
    },
    async onChange() {
      const content = await read().catch((error: NodeJS.ErrnoException) => `${error.code}`);
      passedOn.push(content);
      events.emit('content', content);
    },
    compareEveryMs: NEVER_MS,
    log: { info: note, warn: note, error: note },
    ...options,
  });
  t.after(() => watch.close());
  const next = async (change: Promise<unknown> = Promise.resolve()) => {
    const content = once(events, 'content');
    await change;
    return (await passTimeUntil(t, content, 100))[0];
  };
  /** Waits until the files were read some more times. */
  const look = async (times: number) => {
    for (let done = 0; done < times; done += 1) await passTimeUntil(t, once(events, 'reading'), 100);
  };
  return { watch, logged, passedOn, next, look };
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Exchanges a link for another in one step, as git-sync and Kubernetes do. */
async function link(file: string, target: string): Promise<void> {
  await symlink(target, `${file}.new`);
  await rename(`${file}.new`, file);
}

const remove = (file: string) => rm(file, { recursive: true, force: true });

/** Ways to change what is at the path `conf/file` of a folder. */
const ways: Readonly<Record<string, (folder: string, content: string) => Promise<void>>> = {
  'is written to': (folder, content) => write(join(folder, 'conf/file'), content),
  async 'is replaced by an editor'(folder, content) {
    await write(join(folder, 'conf/file.new'), content);
    await rename(join(folder, 'conf/file.new'), join(folder, 'conf/file'));
  },
  async 'is removed and made again'(folder, content) {
    await remove(join(folder, 'conf/file'));
    await write(join(folder, 'conf/file'), content);
  },
  async 'is a link to a file that is written to'(folder, content) {
    await write(join(folder, 'elsewhere', 'deep', 'target'), content);
    await mkdir(join(folder, 'conf'), { recursive: true });
    await link(join(folder, 'conf/file'), '../elsewhere/./deep/target');
  },
  async 'is a link that leads to another file each time'(folder, content) {
    await write(join(folder, content, 'target'), content);
    await mkdir(join(folder, 'conf'), { recursive: true });
    await link(join(folder, 'conf/file'), join(folder, content, 'target'));
  },
  async 'is in a ConfigMap that Kubernetes updates'(folder, content) {
    await write(join(folder, 'conf', `..${content}`, 'file'), content);
    await link(join(folder, 'conf/..data'), `..${content}`);
    await link(join(folder, 'conf/file'), '..data/file');
    for (const old of ['1', '2', '3']) if (old !== content) await remove(join(folder, 'conf', `..${old}`));
  },
  async 'is in a folder to which git-sync links, and the old one stays'(folder, content) {
    await write(join(folder, 'worktrees', content, 'file'), content);
    await link(join(folder, 'conf'), join('worktrees', content));
  },
  async 'is in a folder to which git-sync links, and the old one goes'(folder, content) {
    await write(join(folder, 'worktrees', content, 'file'), content);
    await link(join(folder, 'conf'), join('worktrees', content));
    for (const old of ['1', '2', '3']) if (old !== content) await remove(join(folder, 'worktrees', old));
  },
  async 'is behind a link to a link that is exchanged'(folder, content) {
    await write(join(folder, 'worktrees', content, 'conf/file'), content);
    await link(join(folder, 'current'), join('worktrees', content));
    await link(join(folder, 'conf'), join('current', 'conf'));
  },
  async 'is in a folder that is removed and made again'(folder, content) {
    await remove(join(folder, 'conf'));
    await write(join(folder, 'conf/file'), content);
  },
  async 'is in a folder that another folder takes the place of'(folder, content) {
    await write(join(folder, 'next', 'file'), content);
    await remove(join(folder, 'before'));
    await rename(join(folder, 'conf'), join(folder, 'before')).catch(() => {});
    await rename(join(folder, 'next'), join(folder, 'conf'));
  },
  async 'is a link into a folder that is removed with the one around it, and made again'(folder, content) {
    await remove(join(folder, 'elsewhere'));
    await write(join(folder, 'elsewhere', 'deep', 'target'), content);
    await mkdir(join(folder, 'conf'), { recursive: true });
    await link(join(folder, 'conf/file'), join(folder, 'elsewhere', 'deep', 'target'));
  },
};

for (const [way, change] of Object.entries(ways)) {
  for (const { sight, options } of [
    { sight: 'events', options: {} },
    { sight: 'comparison, without events', options: { watchFolder: blind, compareEveryMs: 10_000 } },
  ]) {
    test(`a watched file that ${way} is passed on by ${sight}, every time`, async (t) => {
      using folder = temporaryFolder();
      await change(folder.path, '1');
      const { next, passedOn } = watching(t, [join(folder.path, 'conf/file')], options);
      assert.equal(await next(), '1');
      for (const content of ['2', '3', '1', '2']) {
        assert.equal(await next(change(folder.path, content)), content);
      }
      assert.deepEqual(passedOn, ['1', '2', '3', '1', '2']);
    });
  }

  test(`a watched file that is missing at first, and then ${way}, is passed on`, async (t) => {
    using folder = temporaryFolder();
    const { next } = watching(t, [join(folder.path, 'conf/file')]);
    assert.equal(await next(), 'ENOENT');
    assert.equal(await next(change(folder.path, '1')), '1');
    assert.equal(await next(change(folder.path, '2')), '2');
  });
}

test('a watched file at which a link leads in a circle is passed on once the link is put right', async (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  await symlink('file', file);
  const { next } = watching(t, [file]);
  assert.equal(await next(), 'ELOOP');
  await writeFile(join(folder.path, 'target'), '1');
  assert.equal(await next(link(file, 'target')), '1');
});

test('a path may lead through 40 links; more are a circle for the system, too', async (t) => {
  using folder = temporaryFolder();
  for (let links = 0; links <= 40; links += 1) await symlink(`${links}`, join(folder.path, `${links + 1}`));
  const { next } = watching(t, [join(folder.path, '40')]);
  await next();
  assert.equal(await next(writeFile(join(folder.path, '0'), '1')), '1');
  assert.equal(await next(writeFile(join(folder.path, '0'), '2')), '2');
  await assert.rejects(readFile(join(folder.path, '41')), { code: 'ELOOP' });
});

test('a watched file that cannot be read is passed on as that, and again when it can be', async (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  await writeFile(file, '1');
  const { next } = watching(t, [file], { inUse: '1' });
  assert.equal(await next(rm(file)), 'ENOENT');
  assert.equal(await next(writeFile(file, '1')), '1');
});

test('a touched file, another file beside it, and the content in use are not passed on', async (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'conf/file');
  await write(file, '1');
  const { look, passedOn } = watching(t, [file], { inUse: '1', compareEveryMs: 1_000 });
  await look(1);
  await writeFile(join(folder.path, 'conf/other'), '2');
  await chmod(file, 0o600);
  await writeFile(file, '1');
  await look(5);
  assert.deepEqual(passedOn, []);
});

test('a file that is written in pieces is passed on when it is whole', async (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  await writeFile(file, 'old');
  const contents = ['', 'a', 'ab', 'abc'];
  // Each reading finds one piece more.
  let reads = 0;
  const { next, passedOn } = watching(t, [file], {
    inUse: 'old',
    digest: async () => {
      const content = await readFile(file, 'utf8');
      const piece = contents[reads];
      reads += 1;
      if (piece !== undefined) await writeFile(file, piece);
      return content;
    },
  });
  assert.equal(await next(), 'abc');
  assert.deepEqual(passedOn, ['abc']);
});

test('a file system that does not answer is logged every minute until it does', async (t) => {
  using folder = temporaryFolder();
  t.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
  const lines: string[] = [];
  const note = (message: string) => void lines.push(message);
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<string>();
  const watch = watchContent({
    ...{ paths: [folder.path], name: 'the file', compareEveryMs: NEVER_MS, onChange: async () => {} },
    log: { info: note, warn: note, error: note },
    digest() {
      asked.resolve();
      return answered.promise;
    },
  });
  await asked.promise;
  t.mock.timers.tick(120_000);
  answered.resolve('content');
  await watch.started;
  t.mock.timers.tick(120_000);
  watch.close();
  const line = 'The file system has not answered for 60 s: changes of the file are not noticed until it does';
  assert.deepEqual(lines, [line, line]);
});

test('two watched files are passed on together, whichever changes', async (t) => {
  using folder = temporaryFolder();
  const files = ['cert', 'key'].map((name) => join(folder.path, name, 'pem'));
  for (const file of files) await write(file, '1');
  const { next } = watching(t, files, { inUse: '1,1' });
  assert.equal(await next(write(files[0]!, '2')), '2,1');
  assert.equal(await next(write(files[1]!, '2')), '2,2');
});

test('what is at the path is passed on at once when asked for, also when it is in use already', async (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  await writeFile(file, '1');
  const { watch, passedOn } = watching(t, [file], { inUse: '1' });
  await watch.passOnNow();
  assert.deepEqual(passedOn, ['1']);
});

test('a closed watch reads nothing, and passes nothing on', async (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  await writeFile(file, '1');
  const { next } = watching(t, [file], { inUse: '1' });
  const digest = t.mock.fn(async () => 'a digest');
  const onChange = t.mock.fn(async () => {});
  const closed = watchContent({
    ...{ paths: [file], name: 'the file', digest, onChange },
    ...{ compareEveryMs: 1_000, log: console },
  });
  closed.close();
  await closed.passOnNow();
  await next(writeFile(file, '2'));
  assert.deepEqual([digest.mock.callCount(), onChange.mock.callCount()], [0, 0]);
});

const failures = {
  ENOSPC: 'the limit of watches is reached (on Linux: sysctl fs.inotify.max_user_watches)',
  EMFILE: 'the limit of watching programs is reached (on Linux: sysctl fs.inotify.max_user_instances)',
  EACCES: 'permission denied',
};
for (const [code, reason] of Object.entries(failures)) {
  test(`a folder that cannot be watched (${code}) is logged once with the reason, and once when it can be again`, async (t) => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '1');
    let isRefused = true;
    const watchFolder: WatchFolder = (name, onEvent) => {
      if (isRefused && name === folder.path) throw Object.assign(new Error(code), { code });
      return blind(name, onEvent);
    };
    const { next, look, logged } = watching(t, [file], { inUse: '1', watchFolder, compareEveryMs: 10_000 });
    assert.equal(await next(writeFile(file, '2')), '2');
    await look(3);
    assert.deepEqual(logged, [
      `${folder.path} cannot be watched: ${reason}. A change of the file that is made there is noticed within 11 s, not at once`,
    ]);
    isRefused = false;
    await look(2);
    assert.deepEqual(logged.slice(1), ['Every change of the file is noticed at once again']);
  });
}

test('a folder that was mounted over another is watched from the next comparison on', async (t) => {
  using folder = temporaryFolder();
  const conf = join(folder.path, 'conf');
  await write(join(conf, 'file'), '1');
  const watched: string[] = [];
  const watchFolder: WatchFolder = (name, onEvent) => {
    watched.push(name);
    return blind(name, onEvent);
  };
  const { watch, next } = watching(t, [join(conf, 'file')], {
    inUse: '1',
    watchFolder,
    compareEveryMs: 10_000,
  });
  await watch.started;
  const change = ways['is in a folder that another folder takes the place of']!;
  assert.equal(await next(change(folder.path, '2')), '2');
  assert.equal(watched.filter((name) => name === conf).length, 2);
});

test('everything below a watched folder counts, in folders made later, too; hidden ones do not', async (t) => {
  using folder = temporaryFolder();
  const models = join(folder.path, 'current', 'models');
  await write(join(folder.path, 'v1', 'models', '.git', 'index'), '');
  await link(join(folder.path, 'current'), 'v1');
  const watched = new Set<string>();
  const list = async () => (await readdir(models, { recursive: true })).toSorted().join();
  const { next } = watching(t, [models], {
    tree: true,
    inUse: await list(),
    digest: list,
    watchFolder(name, onEvent) {
      watched.add(name);
      return watchFolderBySystem(name, onEvent);
    },
  });
  await next(mkdir(join(models, 'a')));
  await next(mkdir(join(models, 'a/b')));
  await next(write(join(models, 'a/b/file'), '1'));
  await next(rm(join(models, 'a'), { recursive: true }));
  await next(write(join(models, 'a/b/file'), '1'));
  await next(rm(join(models, 'a/b/file')));
  await write(join(folder.path, 'v2', 'models', 'c', 'file'), '1');
  await next(link(join(folder.path, 'current'), 'v2'));
  await next(rm(join(models, 'c/file')));
  const below = [...watched]
    .filter((name) => /models./.test(name))
    .map((name) => relative(folder.path, name));
  assert.deepEqual(below.toSorted(), ['v1/models/a', 'v1/models/a/b', 'v2/models/c']);
});

test('whatever is done to the folders and links of a path, in whatever order, what is there in the end is passed on', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const step = fc.record({ way: fc.constantFrom(...Object.values(ways), spoil), turns: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
      async (rounds) => {
        using folder = temporaryFolder();
        const file = join(folder.path, 'conf/file');
        const read = () => readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => `${error.code}`);
        const passedOn = new EventEmitter<{ content: [string] }>();
        let last = await read();
        const watch = watchContent({
          ...{ paths: [file], name: 'the file', digest: read, inUse: last, log: console },
          ...{ compareEveryMs: NEVER_MS },
          async onChange() {
            last = await read();
            passedOn.emit('content', last);
          },
        });
        await watch.started;
        let version = 0;
        for (const steps of rounds) {
          for (const { way, turns } of steps) {
            version += 1;
            // A step may not be possible after the one before: it is done as far as it goes.
            await way(folder.path, String(version)).catch(() => {});
            for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
          }
          const content = await read();
          while (last !== content) await passTimeUntil(t, once(passedOn, 'content'), 100);
        }
        watch.close();
      },
    ),
    { numRuns: 40 },
  );
});

/** Leaves something at the path that is in the way of a file. */
async function spoil(folder: string, content: string): Promise<void> {
  const conf = join(folder, 'conf');
  await remove(conf);
  if (Number(content) % 3 === 0) await symlink('conf', conf);
  else if (Number(content) % 3 === 1) await writeFile(conf, content);
  else await mkdir(join(conf, 'file'), { recursive: true });
}
