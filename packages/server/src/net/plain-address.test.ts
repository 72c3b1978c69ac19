import assert from 'node:assert/strict';
import { isIPv4 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainAddress } from './plain-address.ts';

test('an IPv4 address is the same however IPv6 writes it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(plainAddress(address), address);
      assert.equal(plainAddress(`::ffff:${address}`), address);
      assert.equal(plainAddress(`0:0:0:0:0:FFFF:${address}`), address);
    }),
  );
  assert.equal(plainAddress('::ffff:c000:201'), '192.0.2.1');
  assert.equal(plainAddress('64:ff9b::c000:201'), '192.0.2.1');
  assert.equal(plainAddress('64:ff9b::192.0.2.1'), '192.0.2.1');
});

test('an IPv6 address is written as RFC 5952 does, without its zone', () => {
  assert.equal(plainAddress('2001:DB8:0:0:0::1'), '2001:db8::1');
  assert.equal(plainAddress('fe80::1%eth0'), 'fe80::1');
  assert.equal(plainAddress('::1'), '::1');
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const plain = plainAddress(address);
      if (!isIPv4(plain)) assert.equal(plain, new URL(`http://[${address}]/`).hostname.slice(1, -1));
    }),
  );
});

test('what is no address stays as it is', () => {
  for (const text of ['', 'unknown', '1:2', '%', 'a%b']) assert.equal(plainAddress(text), text);
});
