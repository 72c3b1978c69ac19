import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { findWallClocks } from '../scripts/clocks/find-wall-clocks.ts';

// In parts, as the check reads this file, too.
const [sleeps, measures, limits] = ['setTime' + 'out', 'Date.' + 'now()', 'time' + 'out'];
const allowing = '// wall-' + 'clock:';

const refused = {
  'a sleep': `await new Promise((resolve) => ${sleeps}(resolve, 50));`,
  'a sleep by the global object': `globalThis.${sleeps}(done, 5);`,
  'a repeated look': `const timer = setInter${'val'}(look, 10);`,
  'an imported sleep': `import { ${sleeps} } from 'node:timers/promises';`,
  'an imported sleep of another name': `import { setImmediate, ${sleeps} as sleep } from 'node:timers/promises';`,
  'an import of the scheduler': `import { schedu${'ler'} } from 'node:timers/promises';`,
  'a sleep made of a timer': `const sleep = promisify(${sleeps});`,
  'a thread that sleeps': `Atomics.wa${'it'}(cell, 0, 0, 50);`,
  'a sleep of the browser': `await page.waitFor${'Timeout'}(100);`,
  'a signal with a time limit': `fetch(url, { signal: AbortSignal.${limits}(5_000) });`,
  'a duration': `assert.ok(${measures} - startedAtMs < 200);`,
  'a duration turned round': `const leftMs = endsAtMs - ${measures};`,
  'a deadline': `while (${measures} < deadline) await look();`,
  'a time that is still to come': `assert.ok(expiresAtMs > ${measures} + 5_000);`,
  'a fine duration': `const startedAt = performance.${'now'}();`,
  'processor time': `const { user } = process.cpu${'Usage'}();`,
  'a short time limit': `execFile(command, { ${limits}: 30_000 });`,
  'a short time limit in quotes': `run({ '${limits}': 500 });`,
  'a short time limit of a setting': `client.call(operation, {}, { attemptTime${'out'}Ms: 200 });`,
  'a short time limit of a name': `const ${limits} = 5_000;`,
  'an instance whose clock runs': `import { startLat${'chkey'} } from '../testing-kit/mod.ts';`,
  'an HTTP server that closes idle connections': `createSer${'ver'}((request, response) => response.end());`,
  'a fixed port': `server.li${'sten'}(8484, '127.0.0.1');`,
  'a fixed port of a command': `spawn('latchkey', ['serve', '--po${'rt'}', '8484']);`,
};

for (const [what, code] of Object.entries(refused)) {
  test(`the check of clocks refuses ${what} in a test`, () => {
    assert.deepEqual(
      findWallClocks(`one();\n${code}\n`).map(({ line }) => line),
      [2],
    );
  });

  test(`the check of clocks takes ${what} where a comment says why`, () => {
    const comment = `${allowing} a reason that a reader accepts`;
    assert.deepEqual(findWallClocks(`${comment}\n${code}\n`), []);
    assert.deepEqual(findWallClocks(`${code} ${comment}\n`), []);
  });
}

const taken = {
  'mocked timers': `t.mock.timers.enable({ apis: ['${sleeps}'] });\nt.mock.timers.tick(60_000);`,
  'a replaced timer': `t.mock.method(globalThis, '${sleeps}', wake);`,
  'an import of what does not sleep': "import { setImmediate } from 'node:timers/promises';",
  'a comment on sleeping': `// ${sleeps}(resolve, 50)\n/* ${measures} - 5 */`,
  'the time that it is': `const clock = { now: () => ${measures} };\nconst nowMs = ${measures} + 5_000;`,
  'a long time limit': `run({ ${limits}: 60_000 }, { ${limits}: 10 * 60_000 }, { ${limits}: 0 }, { ${limits} });`,
  'a member of an API of that name': 'lambda.createFunction({ Timeout: 7 });',
  'an HTTP server that keeps connections':
    'createServer({ keepAliveTimeout: 0 }, (request, response) => {});',
  'a server of raw connections': 'createServer((socket) => socket.end());',
  'a free port': `server.listen(0);\nspawn('latchkey', ['serve', '--port', '0']);`,
};

for (const [what, code] of Object.entries(taken)) {
  test(`the check of clocks takes ${what}`, () => assert.deepEqual(findWallClocks(code), []));
}

test('the check of clocks refuses a comment that gives no reason, or allows nothing', () => {
  for (const comment of [allowing, `${allowing} needed`]) {
    const found = findWallClocks(`${comment}\n${sleeps}(done, 5);`);
    assert.deepEqual(
      found.map(({ line }) => line),
      [1, 2],
      comment,
    );
  }
  const [idle] = findWallClocks(`${allowing} a reason that a reader accepts\nrun();`);
  assert.match(idle?.advice ?? '', /take this comment away/);
});

test('node scripts/check-clocks.ts names file, line and way out, and fails', () => {
  using folder = temporaryFolder();
  mkdirSync(path.join(folder.path, 'packages/wire/src/testing'), { recursive: true });
  const write = (name: string) => writeFileSync(path.join(folder.path, name), `\n${sleeps}(done, 5);\n`);
  write('packages/wire/src/slow.test.ts');
  write('packages/wire/src/testing/slow.ts');
  write('packages/wire/src/product.ts');
  const checker = path.join(import.meta.dirname, '../scripts/check-clocks.ts');
  const { status, stderr } = spawnSync(process.execPath, [checker, folder.path], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.deepEqual(stderr.match(/^\S+:\d+: \S+$/gm), [
    `packages/wire/src/slow.test.ts:2: ${sleeps}`,
    `packages/wire/src/testing/slow.ts:2: ${sleeps}`,
  ]);
  assert.match(stderr, /wait for what happens, .*or say why .*\/\/ wall-clock: <reason>/);
});
