import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameNetwork } from './network.ts';

test('addresses of one machine, home or office count as the same network', () => {
  assert.ok(isSameNetwork('203.0.113.7', '203.0.113.7'));
  assert.ok(isSameNetwork('203.0.113.7', '::ffff:203.0.113.7'));
  assert.ok(isSameNetwork('2001:db8:1:2::5', '2001:db8:1:2:ffff::9'));
  assert.ok(isSameNetwork('127.0.0.1', '::1'));
});

test('other addresses do not', () => {
  assert.ok(!isSameNetwork('203.0.113.7', '203.0.113.8'));
  assert.ok(!isSameNetwork('2001:db8:1:2::5', '2001:db8:1:3::5'));
  assert.ok(!isSameNetwork('127.0.0.1', '203.0.113.7'));
  assert.ok(!isSameNetwork('203.0.113.7', '2001:db8::1'));
});
