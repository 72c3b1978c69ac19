import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from './loopback.ts';

test('this machine is known by its names and addresses', () => {
  for (const host of ['localhost', 'LOCALHOST', 'sso.localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]']) {
    assert.ok(isLoopback(host), host);
  }
});

test('other machines are not taken for it', () => {
  const hosts = [
    '',
    '0.0.0.0',
    '::',
    '[::]',
    '192.0.2.1',
    'localhost.example.com',
    '127.0.0.1.example.com',
    '.localhost',
  ];
  for (const host of hosts) assert.ok(!isLoopback(host), host);
});
