import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openLog } from './logger.ts';

/** What is on standard error of a process that writes to the log, and is killed. */
function logOf(body: string): readonly string[] {
  const script = `
    import { setImmediate } from 'node:timers/promises';
    // Lines that wait are not written because their time is up: it never is.
    const still = { unref: () => still };
    globalThis.setInterval = () => still;
    const { openLog } = await import(${JSON.stringify(import.meta.resolve('./logger.ts'))});
    const { logAudit } = await import(${JSON.stringify(import.meta.resolve('../audit/log-audit.ts'))});
    const { Metrics } = await import(${JSON.stringify(import.meta.resolve('../http/metrics.ts'))});
    const log = openLog({ level: 'info', format: 'json' });
    const audit = logAudit(log, new Metrics());
    const origin = { address: '192.0.2.1', userAgent: 'a browser', requestId: 'request-1' };
    ${body}
    process.kill(process.pid, 'SIGKILL');`;
  const { stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  assert.equal(signal, 'SIGKILL', stderr);
  return stderr.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).msg]));
}

test('an audit line of one turn of the event loop is written before the next turn, in which the process is killed', () => {
  const lines = logOf(`
    for (let i = 0; i < 3; i += 1) audit.record({ event: 'signInLimited', unknownNameDigest: '00' }, origin);
    await setImmediate();`);
  assert.deepEqual(lines, ['signInLimited', 'signInLimited', 'signInLimited']);
});

test('other log lines are buffered, and are written when the log is closed', () => {
  assert.deepEqual(logOf(`log.logger.info('request'); await setImmediate();`), []);
  assert.deepEqual(logOf(`log.logger.info('request'); log.close();`), ['request']);
});

test('no secret is logged of what a stranger chose, nor in an error, its causes and other members', () => {
  const secret = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const script = `
    const { openLog } = await import(${JSON.stringify(import.meta.resolve('./logger.ts'))});
    const { logger, close } = openLog({ level: 'info', format: 'FORMAT' });
    const cause = Object.assign(new TypeError('not a URL: ${secret}'), { input: '${secret}', code: 'ERR_INVALID_URL' });
    logger.warn({ entry: '${secret}', clientName: 'lk_at_AAECAwQF' }, 'a warning');
    logger.error({ err: new Error('failed for ${secret}', { cause }) }, 'failed');
    logger.error({ err: 'thrown ${secret}' }, 'failed');
    logger.warn('said lk_at_AAECAwQF');
    close();`;
  for (const format of ['json', 'text']) {
    const { stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script.replace('FORMAT', format)],
      { encoding: 'utf8' },
    );
    assert.match(stderr, /a warning/);
    assert.match(stderr, /failed for \*\*\*/);
    assert.match(stderr, / at /);
    assert.doesNotMatch(stderr, /dBjf|AAEC/);
  }
});

test('lines that are buffered when the process ends by itself are written', () => {
  const script = `
    const { openLog } = await import(${JSON.stringify(import.meta.resolve('./logger.ts'))});
    openLog({ level: 'info', format: 'json' }).logger.info('request');
    process.exit(143);`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  assert.match(stderr, /"msg":"request"/);
});

test('a closed log leaves no timer running', async () => {
  const timers = new Set<number>();
  const hook = createHook({
    init: (id, type) => void (type === 'Timeout' && timers.add(id)),
    destroy: (id) => void timers.delete(id),
  }).enable();
  const log = openLog({ level: 'silent', format: 'json' });
  assert.equal(timers.size, 1);
  log.close();
  for (let turns = 0; timers.size > 0 && turns < 10; turns += 1) await setImmediate();
  assert.equal(timers.size, 0);
  hook.disable();
});
