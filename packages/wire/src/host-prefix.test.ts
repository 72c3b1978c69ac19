import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { close } from './fixtures/library.ts';
import { hostPrefixWriter } from './host-prefix.ts';
import { Misfit } from './misfit.ts';

describe('what stands before the host', () => {
  test('has the labels of the input in it', () => {
    const write = hostPrefixWriter({ ...close, hostPrefix: '{account}.data-{shelf}.' });
    assert.deepEqual(write({ account: '123', shelf: 'A-b' }), { hostPrefix: '123.data-A-b.' });
  });

  test('is nothing where the model says nothing', () => {
    assert.deepEqual(hostPrefixWriter(close)({}), {});
  });

  for (const label of [
    '',
    'evil.example.com/',
    'a.b',
    'a@b',
    '-a',
    'a-',
    'a'.repeat(64),
    'é',
    undefined,
    1,
  ]) {
    test(`is refused where it would name another host: ${label}`, () => {
      const write = hostPrefixWriter({ ...close, hostPrefix: '{account}.' });
      assert.throws(() => write({ account: label }), Misfit);
    });
  }
});
