import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBlock } from './address-block.ts';

test('an IPv4 address is a block of its own, however the socket shows it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(addressBlock(address), address);
      assert.equal(addressBlock(`::ffff:${address}`), address);
      assert.equal(addressBlock(`::FFFF:${address}`), address);
      assert.equal(addressBlock(`64:ff9b::${address}`), address, 'behind NAT64 (RFC 6052)');
    }),
  );
});

const group = fc.integer({ min: 0, max: 0xffff });
const groups = (length: number) => fc.array(group, { minLength: length, maxLength: length });
const hex = (parts: readonly number[]) => parts.map((part) => part.toString(16)).join(':');

test('all addresses of one /64 are one block, and no two /64 are the same', () => {
  fc.assert(
    fc.property(groups(4), groups(4), groups(4), (network, host, otherHost) => {
      const block = addressBlock(hex([...network, ...host]));
      assert.equal(block, `${hex(network)}::/64`);
      assert.equal(addressBlock(hex([...network, ...otherHost])), block);
    }),
  );
});

test('an address is in the same block in every way to write it', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      // The parser of URLs writes each address in its one canonical form (RFC 5952).
      const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
      assert.equal(addressBlock(address), addressBlock(canonical));
      assert.equal(addressBlock(address.toUpperCase()), addressBlock(canonical));
    }),
    { numRuns: 1000 },
  );
});

test('the ways in which people and programs write IPv6', () => {
  const examples: Readonly<Record<string, string>> = {
    '::1': '0:0:0:0::/64',
    '::': '0:0:0:0::/64',
    '2001:db8::1': '2001:db8:0:0::/64',
    '2001:DB8:0:00ab::1': '2001:db8:0:ab::/64',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '1::2:3:4:5:6': '1:0:0:2::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    '::ffff:c000:201': '192.0.2.1',
    '64:ff9b::c000:201': '192.0.2.1',
    '64:ff9b:1::192.0.2.1': '64:ff9b:1:0::/64',
    '::2:3:4:5:192.0.2.1': '0:0:2:3::/64',
  };
  for (const [address, block] of Object.entries(examples))
    assert.equal(addressBlock(address), block, address);
});

test('what is no address is a block by itself', () => {
  for (const text of ['', 'unknown', '1:2']) assert.equal(addressBlock(text), text);
});
