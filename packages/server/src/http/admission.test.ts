import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { addressBlocks } from '../limits/address-block.ts';
import { Admission } from './admission.ts';

/** Lets requests of some addresses in, and notes what becomes of each. */
function admit(maxWaiting: number) {
  const admission = new Admission(maxWaiting);
  const began: string[] = [];
  const shed: string[] = [];
  const enter = (
    address: string,
    name = address,
    { isHealthCheck = false, isOver = false }: { isHealthCheck?: boolean; isOver?: boolean } = {},
  ) =>
    admission.enter(
      { start: () => began.push(name), shed: () => shed.push(name), isOver: () => isOver },
      addressBlocks(address),
      { isHealthCheck },
    );
  return { enter, began, shed };
}

test('requests that came together begin by turns of their addresses, and a request alone begins at once', async () => {
  const { enter, began } = admit(100);
  for (const name of ['a1', 'a2', 'a3']) enter('192.0.2.1', name);
  for (const name of ['b1', 'b2']) enter('192.0.2.2', name);
  await setImmediate();
  assert.deepEqual(began, ['a1', 'b1', 'a2', 'b2', 'a3']);
  enter('192.0.2.1', 'a4');
  await setImmediate();
  assert.equal(began.at(-1), 'a4');
});

test('64 requests begin in a turn of the event loop, so that others are read; a newcomer is among the next', async () => {
  const { enter, began } = admit(1000);
  for (let index = 0; index < 500; index += 1) enter('192.0.2.1');
  await setImmediate();
  assert.equal(began.length, 64);
  enter('192.0.2.2');
  await setImmediate();
  assert.equal(began.length, 128);
  assert.ok(began.slice(64, 67).includes('192.0.2.2'));
});

test('where too many wait, the newest is shed of the address that has the most, and what began is finished', async () => {
  const { enter, began, shed } = admit(3);
  enter('192.0.2.1', 'a1');
  await setImmediate();
  for (const name of ['a2', 'a3', 'a4', 'a5']) enter('192.0.2.1', name);
  enter('192.0.2.2', 'b1');
  enter('192.0.2.3', 'c1');
  enter('192.0.2.4', 'd1');
  assert.deepEqual(shed, ['a5', 'a4', 'a3', 'd1'], 'the newcomer is shed once nobody has more');
  await setImmediate();
  assert.deepEqual(began, ['a1', 'a2', 'b1', 'c1']);
});

test('a request whose client is gone takes no turn', async () => {
  const { enter, began } = admit(100);
  for (let index = 0; index < 64; index += 1) enter('192.0.2.1', 'gone', { isOver: true });
  enter('192.0.2.1', 'here');
  await setImmediate();
  assert.deepEqual(began, ['here']);
});

test('health checks neither wait behind other requests nor are shed for them; eight begin in a turn', async () => {
  const { enter, began, shed } = admit(200);
  for (let index = 0; index < 300; index += 1) enter('192.0.2.1', 'request');
  for (let index = 0; index < 9; index += 1) enter('192.0.2.1', `check ${index}`, { isHealthCheck: true });
  enter('192.0.2.2', 'check of another', { isHealthCheck: true });
  await setImmediate();
  assert.ok(shed.every((name) => name === 'request'));
  assert.equal(began.filter((name) => name.startsWith('check')).length, 8);
  assert.ok(began.slice(0, 8).includes('check of another'));
  assert.equal(began.length, 8 + 64);
});

test('health checks beyond a hundred that wait are shed, so that they are no way around the limit', () => {
  const { enter, shed } = admit(200);
  for (let index = 0; index < 101; index += 1) enter('192.0.2.1', 'check', { isHealthCheck: true });
  assert.deepEqual(shed, ['check']);
});
