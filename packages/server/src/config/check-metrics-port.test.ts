import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, problemsIn } from './testing/load-text.ts';

test('metrics have an address of their own when they have a port, by default on localhost', async () => {
  assert.equal((await load('')).metrics, undefined);
  assert.deepEqual((await load('metrics: { port: 9464 }')).metrics, { host: 'localhost', port: 9464 });
  assert.deepEqual(
    (await load('', { LATCHKEY_METRICS_PORT: '0', LATCHKEY_METRICS_HOST: '0.0.0.0' })).metrics,
    {
      host: '0.0.0.0',
      port: 0,
    },
  );
});

test('a host for metrics without a port is refused', async () => {
  const [problem] = await problemsIn('metrics: { host: 0.0.0.0 }');
  assert.match(problem ?? '', /metrics: "port" is missing/);
});

test('one port for people and for metrics is refused', async () => {
  const [problem] = await problemsIn('listen: { port: 8000 }\nmetrics: { port: 8000 }');
  assert.match(problem ?? '', /^latchkey\.yaml:2:18: metrics\.port: expected another port than listen\.port/);
  assert.equal((await problemsIn('metrics: { port: 8484 }')).length, 1, 'the default');
  assert.deepEqual(await problemsIn('listen: { port: 0 }\nmetrics: { port: 0 }'), []);
});
