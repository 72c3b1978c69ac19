import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { apply, newUser } from '../store/testing/directory/fixtures.ts';
import { ConfigError } from './config-error.ts';
import { MAX_BYTES_HERE, readDirectory } from './read-directory.ts';

const instanceId = 'ssoins-7e57000000000001';
const PEOPLE = 2_000;

/** A file that is read in a thread. */
function largeFile(displayName: string): string {
  const users = Array.from({ length: PEOPLE }, (_, index) => ({ userName: `user${index}`, displayName }));
  const text = `users:\n${users.map((user) => `  - ${JSON.stringify(user)}\n`).join('')}`;
  assert.ok(text.length > MAX_BYTES_HERE);
  return text;
}

function opened(t: TestContext, { inMemory = false } = {}) {
  const folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.yaml');
  const store = openSqliteStore(inMemory ? ':memory:' : join(folder.path, 'latchkey.db'));
  t.after(async () => {
    await store.close();
    folder[Symbol.dispose]();
  });
  const read = (text: string) => {
    writeFileSync(file, text);
    const sources = { file, dataDir: folder.path, env: {}, cwd: folder.path };
    return readDirectory(sources, { namedFiles: false });
  };
  return { store, read };
}

/** The store, and the names of its methods that are called. */
function listening(store: Store): { readonly store: Store; readonly called: ReadonlySet<string> } {
  const called = new Set<string>();
  const heard = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      called.add(String(name));
      return value.bind(target);
    },
  });
  return { store: heard, called };
}

for (const inMemory of [false, true]) {
  test(`a large file is applied to a store ${inMemory ? 'in memory' : 'in a file'}, and has the time of the server`, async (t) => {
    const { store, read } = opened(t, { inMemory });
    await using directory = disposable(await read(largeFile('First')));
    const { added } = await directory.inspect({ store, instanceId });
    assert.equal(added, PEOPLE);
    const counts: number[] = [];
    const done = await directory.reconcile({
      ...{ store, now: () => 7 },
      onProgress: (count) => counts.push(count),
    });
    assert.deepEqual([typeof done === 'object' && done.differences, counts.at(-1)], [PEOPLE, PEOPLE]);
    const [first] = await store.listEntries('user', { limit: 1 });
    assert.deepEqual([first?.displayName, first?.createdAtMs], ['First', 7]);
    assert.deepEqual((await store.findSource('file'))?.digest, new Uint8Array(directory.facts.digest));
  });
}

test('a file that another process applies while it is compared is compared again, and is no conflict', async (t) => {
  const { store, read } = opened(t, { inMemory: true });
  await apply(store, 'command', [{ kind: 'addUser', user: newUser('carol') }]);
  const text = JSON.stringify({ users: [{ userName: 'alice' }], groups: [{ name: 'staff' }] });
  await using other = disposable(await read(text));
  await using directory = disposable(await read(text));
  await other.inspect({ store, instanceId });
  const overtaken = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...values: unknown[]) => {
        const answer: unknown = await value.apply(target, values);
        // The page that was read is one from before.
        if (name === 'listEntries' && (await store.findSource('file')) === undefined)
          await other.reconcile({ store, now: () => 0 });
        return answer;
      };
    },
  });
  const { added } = await directory.inspect({ store: overtaken, instanceId });
  assert.equal(added, 0);
});

test('the thread that answers requests compares nothing of a large file: it only makes the changes', async (t) => {
  const { store: whole, read } = opened(t);
  const { store, called } = listening(whole);
  await using directory = disposable(await read(largeFile('First')));
  await directory.inspect({ store, instanceId });
  await directory.reconcile({ store, now: () => 0 });
  assert.deepEqual([...called], ['changeDirectory']);
});

test('a large file that another source stands in the way of is refused with every place', async (t) => {
  const { store, read } = opened(t);
  const values = { displayName: 'Bob', emails: [], externalIds: [], status: 'enabled' } as const;
  const steps = ['user3', 'user5'].map(
    (userName) => ({ kind: 'addUser', user: { ...values, userName } }) as const,
  );
  await store.changeDirectory({ source: 'command', actor: 'command', nowMs: 0, steps });
  await using directory = disposable(await read(largeFile('First')));
  await assert.rejects(directory.inspect({ store, instanceId }), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(
      error.problems.map(({ line }) => line),
      [5, 7],
    );
    return true;
  });
});

test('a change that the store cannot make ends the application of a large file with its reason', async (t) => {
  const { store, read } = opened(t);
  await using directory = disposable(await read(largeFile('First')));
  await directory.inspect({ store, instanceId });
  const full = new Proxy(store, {
    get: (target, name) =>
      name === 'changeDirectory'
        ? () => Promise.reject(new Error('the disk is full'))
        : Reflect.get(target, name),
  });
  await assert.rejects(directory.reconcile({ store: full, now: () => 0 }), /the disk is full/);
});

test('a large file that is stopped makes no change after that', async (t) => {
  const { store, read } = opened(t);
  await using directory = disposable(await read(largeFile('First')));
  await directory.inspect({ store, instanceId });
  const stop = new AbortController();
  const applied = directory.reconcile({
    ...{ store, now: () => 0, signal: stop.signal },
    onProgress: (differences) => differences >= 100 && stop.abort(new Error('stopped')),
  });
  await assert.rejects(applied, /stopped/);
  assert.equal((await store.countEntries()).user, 100);
});

function disposable<Value extends { close(): Promise<void> }>(value: Value): Value & AsyncDisposable {
  return Object.assign(value, { [Symbol.asyncDispose]: () => value.close() });
}
