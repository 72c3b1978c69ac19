import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from './options.ts';

test('a quick run may be given other amounts', () => {
  const { only, settings } = parseOptions(['--quick', '--rounds', '3', '--only', 'size']);
  assert.deepEqual(only, ['size']);
  assert.deepEqual(settings, { rounds: 3, seconds: 1, starts: 5, concurrency: 32 });
});

test('a measurement that there is not is refused by name', () => {
  assert.throws(() => parseOptions(['--only', 'speed']), {
    message: 'Cannot read --only: found "speed", expected one of size, start, throughput, generation, url',
  });
});
