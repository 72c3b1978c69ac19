import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { type TestContext, test } from 'node:test';
import { stopRequested } from './stop-requested.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** This process with its clock, its exit and its terminal in the test's hands. */
function waitForStop(t: TestContext, { isTTY = false, byNpm = false } = {}) {
  const { npm_lifecycle_event: lifecycleEvent } = process.env;
  if (byNpm) process.env['npm_lifecycle_event'] = 'start';
  else delete process.env['npm_lifecycle_event'];
  let nowMs = 5_000;
  t.mock.method(performance, 'now', () => nowMs);
  const { stdin } = process;
  const { isTTY: before } = stdin;
  stdin.isTTY = isTTY;
  const exit = t.mock.method(process, 'exit', () => {});
  const happened: string[] = [];
  void stopRequested(() => happened.push('hangup')).then((name) => happened.push(`stop by ${name}`));
  t.after(() => {
    if (lifecycleEvent === undefined) delete process.env['npm_lifecycle_event'];
    else process.env['npm_lifecycle_event'] = lifecycleEvent;
    stdin.isTTY = before;
    for (const name of SIGNALS) process.removeAllListeners(name);
  });
  return {
    happened,
    exitCodes: () => exit.mock.calls.map(({ arguments: [code] }: { arguments: readonly unknown[] }) => code),
    pass: (ms: number) => {
      nowMs += ms;
    },
    async send(name: (typeof SIGNALS)[number]) {
      (process as NodeJS.EventEmitter).emit(name, name, constants.signals[name]);
      await Promise.resolve();
    },
  };
}

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  test(`one ${name} asks the process to stop, and does not end it`, async (t) => {
    const { send, happened, exitCodes } = waitForStop(t);
    await send(name);
    assert.deepEqual([happened, exitCodes()], [[`stop by ${name}`], []]);
  });
}

test('a Ctrl-C that arrives twice within half a second, as under npm start, is one', async (t) => {
  const { send, pass, exitCodes } = waitForStop(t, { byNpm: true });
  await send('SIGINT');
  pass(500);
  await send('SIGINT');
  assert.deepEqual(exitCodes(), []);
});

test('a second signal after half a second ends the process at once, with the exit code of the signal', async (t) => {
  const { send, pass, exitCodes } = waitForStop(t, { byNpm: true });
  await send('SIGTERM');
  pass(501);
  await send('SIGTERM');
  assert.deepEqual(exitCodes(), [143]);
});

test('a second signal of another kind ends the process at once, also under npm', async (t) => {
  const { send, exitCodes } = waitForStop(t, { byNpm: true });
  await send('SIGTERM');
  await send('SIGINT');
  assert.deepEqual(exitCodes(), [130]);
});

test('a second signal ends the process at once where npm does not repeat signals', async (t) => {
  const { send, exitCodes } = waitForStop(t);
  await send('SIGINT');
  await send('SIGINT');
  assert.deepEqual(exitCodes(), [130]);
});

/** The parent of this process in the test's hands: `end` makes this process an orphan. */
function mockParent(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const before = Object.getOwnPropertyDescriptor(process, 'ppid') ?? {};
  let ppid = 4_000;
  Object.defineProperty(process, 'ppid', { get: () => ppid, configurable: true });
  t.after(() => Object.defineProperty(process, 'ppid', before));
  return {
    async end() {
      ppid = 1;
      t.mock.timers.tick(2_000);
      await Promise.resolve();
    },
  };
}

test('under npm the end of the parent asks the process to stop, as SIGTERM does', async (t) => {
  const parent = mockParent(t);
  const { happened, exitCodes } = waitForStop(t, { byNpm: true });
  t.mock.timers.tick(2_000);
  await Promise.resolve();
  assert.deepEqual(happened, []);
  await parent.end();
  assert.deepEqual([happened, exitCodes()], [['stop by SIGTERM'], []]);
});

test('under npm the end of the parent after a Ctrl-C is no second request', async (t) => {
  const parent = mockParent(t);
  const { send, happened, exitCodes } = waitForStop(t, { byNpm: true });
  await send('SIGINT');
  await parent.end();
  assert.deepEqual([happened, exitCodes()], [['stop by SIGINT'], []]);
});

test('without npm a process outlives its parent', async (t) => {
  const parent = mockParent(t);
  const { happened, exitCodes } = waitForStop(t);
  await parent.end();
  assert.deepEqual([happened, exitCodes()], [[], []]);
});

test('SIGHUP reads the configuration again where there is no terminal', async (t) => {
  const { send, happened } = waitForStop(t);
  await send('SIGHUP');
  await send('SIGHUP');
  assert.deepEqual(happened, ['hangup', 'hangup']);
});

test('SIGHUP asks the process to stop where its terminal was closed', async (t) => {
  const { send, happened } = waitForStop(t, { isTTY: true });
  await send('SIGHUP');
  assert.deepEqual(happened, ['stop by SIGHUP']);
});
