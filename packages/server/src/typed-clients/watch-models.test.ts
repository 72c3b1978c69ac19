import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { brand } from '../fixtures/brand.ts';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import type { IncomingRequest, Route } from '../http/route.ts';
import { serveTypedClients, type TypedClients } from './routes.ts';
import { watchModels } from './watch-models.ts';

const weather = await readFile(new URL('../../../codegen/src/testing/weather.json', import.meta.url), 'utf8');

/** Writes a model whose operation has another name. Its time is that of every other version, as in a reproducible image. */
async function writeModel(folder: string, operation: string): Promise<void> {
  const file = path.join(folder, 'weather.json');
  await mkdir(folder, { recursive: true });
  await writeFile(file, weather.replaceAll('GetForecast', operation));
  for (const each of [file, folder]) await utimes(each, 1, 1);
}

async function exchange(link: string, target: string): Promise<void> {
  await symlink(target, `${link}.new`);
  await rename(`${link}.new`, link);
}

function routeOf({ routes }: TypedClients): Route {
  const route = routes.find(({ path: at }) => at === '/v0.4/*');
  assert.ok(route !== undefined);
  return route;
}

/** Serves the clients of `models` in a folder. Time passes only while `loggedAfter` waits for the log. */
async function serving(t: TestContext, prepare: (folder: string) => Promise<void>) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const folder = temporaryFolder();
  t.after(() => folder[Symbol.dispose]());
  await prepare(folder.path);
  const directory = path.join(folder.path, 'models');
  const settings = {
    baseUrl: 'http://localhost:8484',
    models: [directory],
    brand,
    searchIndex: path.join(folder.path, 'search-index.db'),
  };
  // The clock stands still, so that only the watch can tell of a change.
  const typedClients = serveTypedClients(settings, { now: () => 0, warn: assert.fail });
  t.after(() => typedClients.close());
  // wall-clock: the render thread keeps no process alive, and the timers that would are not real
  const alive = setInterval(() => {}, 60_000);
  t.after(() => clearInterval(alive));
  let wake = (_: string) => {};
  const log = (message: string) => wake(message);
  const watch = watchModels({ directory, typedClients, log: { info: log, warn: log, error: log } });
  t.after(() => watch.close());
  await watch.started;
  const loggedAfter = async (change: Promise<unknown>) => {
    const logged = new Promise<string>((resolve) => {
      wake = resolve;
    });
    await change;
    return passTimeUntil(t, logged, 100);
  };
  const request = (target: string, query: string) => {
    const request: IncomingRequest = {
      ...{ method: 'GET', path: target, query, headers: {}, body: new Uint8Array(), oversized: false },
      origin: { address: '192.0.2.1', userAgent: 'deno', requestId: 'request-1' },
    };
    return routeOf(typedClients).handle(request, undefined as never);
  };
  /** @returns the status, and the first method, of the client */
  const get = async () => {
    const { status, body } = await request('/v0.4/services/weatherreports.ts', '');
    return `${status} ${/get(?:First|Second|Third)(?=\()/.exec(String(body))?.[0]}`;
  };
  /** @returns the methods that a search finds */
  const find = async () => {
    const { body } = await request('/v0.4/search.json', 'q=in:weatherreports type:operation get');
    const { results } = JSON.parse(String(body)) as { results: { name: string }[] };
    return results.map(({ name }) => name).filter((name) => /get(?:First|Second|Third)$/.test(name));
  };
  return { directory, watch, loggedAfter, get, find };
}

test('a directory of models to which a link leads is read again when the link is exchanged, though no time tells', async (t) => {
  const { directory, loggedAfter, get } = await serving(t, async (folder) => {
    await writeModel(path.join(folder, 'v1'), 'GetFirst');
    await writeModel(path.join(folder, 'v2'), 'GetSecond');
    await exchange(path.join(folder, 'models'), 'v1');
  });
  for (const [version, operation] of [
    ['v2', 'getSecond'],
    ['v1', 'getFirst'],
    ['v2', 'getSecond'],
  ] as const) {
    const line = await loggedAfter(exchange(directory, version));
    assert.equal(line, `The models in ${directory} were read again (files: 1)`);
    assert.equal(await get(), `200 ${operation}`);
  }
});

test('the search knows the models of a directory that has changed, though no time tells', async (t) => {
  const { directory, loggedAfter, find } = await serving(t, (folder) =>
    writeModel(path.join(folder, 'models'), 'GetFirst'),
  );
  assert.deepEqual(await find(), ['WEATHERReports.getFirst']);
  await loggedAfter(writeModel(directory, 'GetSecond'));
  assert.deepEqual(await find(), ['WEATHERReports.getSecond']);
  await loggedAfter(rm(directory, { recursive: true }));
  assert.deepEqual(await find(), []);
});

test('a directory of models that is removed is logged, and is read again once it is there', async (t) => {
  const { directory, loggedAfter, get } = await serving(t, (folder) =>
    writeModel(path.join(folder, 'models'), 'GetFirst'),
  );
  assert.equal(await get(), '200 getFirst');
  assert.equal(
    await loggedAfter(rm(directory, { recursive: true })),
    `The models in ${directory} cannot be read: no such file or folder. Their clients are not served until they can be`,
  );
  assert.match(await get(), /^4\d\d /);
  assert.match(await loggedAfter(writeModel(directory, 'GetSecond')), /were read again \(files: 1\)$/);
  assert.equal(await get(), '200 getSecond');
});

test('a model that is written to below a directory of models is read again', async (t) => {
  const { directory, loggedAfter, get } = await serving(t, (folder) =>
    writeModel(path.join(folder, 'models', 'deep', 'down'), 'GetFirst'),
  );
  assert.equal(await get(), '200 getFirst');
  await loggedAfter(writeModel(path.join(directory, 'deep', 'down'), 'GetSecond'));
  assert.equal(await get(), '200 getSecond');
  await loggedAfter(rm(path.join(directory, 'deep'), { recursive: true }));
  await loggedAfter(writeModel(path.join(directory, 'elsewhere'), 'GetThird'));
  assert.equal(await get(), '200 getThird');
});

test('a client that is being rendered while its model changes is not kept', async (t) => {
  const { directory, watch, get } = await serving(t, (folder) =>
    writeModel(path.join(folder, 'models'), 'GetFirst'),
  );
  assert.equal(await get(), '200 getFirst');
  await writeModel(directory, 'GetSecond');
  await watch.passOnNow();
  const rendering = get();
  await writeModel(directory, 'GetThird');
  await watch.passOnNow();
  await rendering;
  assert.equal(await get(), '200 getThird');
});
