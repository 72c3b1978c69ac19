import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseOptions } from './options.ts';

test('with no options everything is measured of every server', () => {
  const { only, services } = parseOptions([]);
  assert.deepEqual(only, ['sign-ins', 'refreshes', 'polls', 'checks', 'latency', 'start', 'sessions']);
  assert.deepEqual(services, ['latchkey', 'postgresql', 'peer', 'peer-grouped', 'limit']);
});

test('a measurement that is taken of the peer once is not taken of the grouped peer alone', () => {
  assert.throws(
    () => parseOptions(['--service', 'peer-grouped', '--only', 'polls', '--only', 'start']),
    /Cannot measure polls, start of peer-grouped alone/,
  );
});

test('a measurement nobody knows is refused with those there are', () => {
  assert.throws(
    () => parseOptions(['--only', 'signins']),
    /found "signins", expected one of sign-ins, refreshes,/,
  );
});

test('the folder of the profiles does not depend on the folder that a server runs in', () => {
  const { settings } = parseOptions(['--profile', 'profiles']);
  assert.equal(settings.profileFolder, join(process.cwd(), 'profiles'));
});
