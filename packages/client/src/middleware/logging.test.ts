import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { setTemperature } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { type LoggedCall, logging } from './logging.ts';

test('logging writes an entry for each call that ends, and nothing of what was sent', async (t) => {
  const service = await startStubService(t, ({ url }) => ({
    status: url.endsWith('cold') ? 400 : 200,
    headers: { 'x-amzn-requestid': 'r-1', 'x-amzn-errortype': 'TooColdException' },
  }));
  const written: LoggedCall[] = [];
  let now = 0;
  const log = logging({ write: (entry) => written.push(entry), now: () => (now += 40) });
  const client = thermostatClient(t, service.url, { use: [log], clock: testClock() });
  await client.call(setTemperature, { room: 'secret hall' });
  await client.call(setTemperature, { room: 'cold' }).catch(() => {});
  const facts = { serviceId: 'Home Thermostat', operation: 'SetTemperature', durationMs: 40, attempts: 1 };
  const [good, bad] = written;
  assert.deepEqual(good, { ...facts, status: 200, requestId: 'r-1', error: undefined });
  assert.deepEqual(
    { ...bad, error: undefined },
    { ...facts, status: 400, requestId: 'r-1', error: undefined },
  );
  assert.match(String(bad?.error), /^TooColdException/);
});

test('logging writes a line to the console unless told where else', async (t) => {
  const lines: string[] = [];
  t.mock.method(console, 'info', (line: string) => lines.push(`info ${line}`));
  t.mock.method(console, 'warn', (line: string) => lines.push(`warn ${line}`));
  const service = await startStubService(t, () => (service.received.length === 1 ? { status: 503 } : {}));
  const options = { use: [logging({ now: () => 5 })], clock: testClock() };
  await thermostatClient(t, service.url, options).call(setTemperature, { room: 'hall' });
  await thermostatClient(t, 'http://127.0.0.1:1', options)
    .call(setTemperature, { room: 'hall' })
    .catch(() => {});
  assert.equal(lines[0], 'info Home Thermostat.SetTemperature 200 in 0 ms, 2 attempts');
  assert.match(lines[1] ?? '', /^warn Home Thermostat\.SetTemperature in 0 ms, ClientError: /);
});
