import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBlock, addressBlocks, addressKey } from './address-block.ts';

test('an IPv4 address is a block of its own, however the socket shows it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(addressBlock(address), address);
      assert.equal(addressBlock(`::ffff:${address}`), address);
      assert.equal(addressBlock(`::FFFF:${address}`), address);
    }),
  );
});

const group = fc.integer({ min: 0, max: 0xffff });
const groups = (length: number) => fc.array(group, { minLength: length, maxLength: length });
/** Whether addresses of the /64 stand for IPv4 addresses. */
const isOfIpv4 = ([a, b]: readonly number[]) =>
  a === 0x2002 || (a === 0x2001 && b === 0) || (a === 0x64 && b === 0xff9b) || a === 0;
const hex = (parts: readonly number[]) => parts.map((part) => part.toString(16)).join(':');

test('all addresses of one /64 are one block, and no two /64 are the same', () => {
  fc.assert(
    fc.property(groups(4), groups(4), groups(4), (network, host, otherHost) => {
      fc.pre(!isOfIpv4(network));
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
    '::2:3:4:5:192.0.2.1': '0:0:2:3::/64',
    '::ffff:c000:201': '192.0.2.1',
    '64:ff9b::192.0.2.1': '192.0.2.1',
    '64:FF9B::C000:0201': '192.0.2.1',
    '64:ff9b:1::192.0.2.1': '192.0.2.1',
    '64:ff9b:1:fffe::c000:201': '192.0.2.1',
    '64:ff9b:1:c000:2:100::': '64:ff9b:1:c000:2:100::',
    '2002:c000:201:7::1': '192.0.2.1',
    '2001:0:53aa:64c:0:3ffe:3fff:fdfe': '192.0.2.1',
  };
  for (const [address, block] of Object.entries(examples))
    assert.equal(addressBlock(address), block, address);
});

test('clients behind one NAT64 translator count apart, each as its IPv4 address (RFC 6052)', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.deepEqual(addressBlocks(`64:ff9b::${address}`), addressBlocks(address));
    }),
  );
});

test("two clients of a network's own NAT64 prefix count apart, wherever it puts the IPv4 address (RFC 6052 section 2.2)", () => {
  const ipv4 = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
  const writeAt = {
    48: ([a = 0, b = 0, c = 0, d = 0]) => [(a << 8) | b, c, d << 8, 0, 0],
    56: ([a = 0, b = 0, c = 0, d = 0]) => [a, b, (c << 8) | d, 0, 0],
    64: ([a = 0, b = 0, c = 0, d = 0]) => [0, a, (b << 8) | c, d << 8, 0],
    96: ([a = 0, b = 0, c = 0, d = 0]) => [0, 0, 0, (a << 8) | b, (c << 8) | d],
  } satisfies Record<number, (octets: readonly number[]) => readonly number[]>;
  for (const [bits, write] of Object.entries(writeAt)) {
    const addressOf = (octets: readonly number[]) => hex([0x64, 0xff9b, 1, ...write(octets)]);
    fc.assert(
      fc.property(ipv4, ipv4, (one, other) => {
        fc.pre(one.join() !== other.join());
        assert.notEqual(addressBlock(addressOf(one)), addressBlock(addressOf(other)), `/${bits}`);
      }),
    );
  }
});

test('all addresses that an IPv4 address has by 6to4 count as it (RFC 3056)', () => {
  fc.assert(
    fc.property(fc.ipV4(), groups(5), (address, rest) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      assert.equal(addressBlock(hex([0x2002, (a << 8) | b, (c << 8) | d, ...rest])), address);
    }),
  );
});

test('an IPv6 address counts for its /48, its /56 and its /64, each wider one with a larger share', () => {
  assert.deepEqual(addressBlocks('2001:db8:1:23ff::5'), [
    { name: '2001:db8:1::/48', shares: 16 },
    { name: '2001:db8:1:2300::/56', shares: 4 },
    { name: '2001:db8:1:23ff::/64', shares: 1 },
  ]);
  assert.deepEqual(addressBlocks('192.0.2.1'), [{ name: '192.0.2.1', shares: 1 }]);
  assert.deepEqual(addressBlocks('unknown'), [{ name: 'unknown', shares: 1 }]);
});

test('two addresses have the same key exactly when they are in one block, and the same beginnings in one /56 and /48', () => {
  const near = fc
    .tuple(
      fc.constantFrom(0x2001, 0x2002, 0x64),
      groups(7).map((rest) => rest.map((part) => part % 3)),
    )
    .map(([first, rest]) => hex([first, ...rest]));
  const anyAddress = fc.oneof(near, fc.ipV4(), fc.ipV6(), fc.constantFrom('unknown', ''));
  const beginning = (address: string, bytes: number) =>
    Buffer.from(addressKey(address).subarray(0, bytes)).toString('hex');
  fc.assert(
    fc.property(anyAddress, anyAddress, (one, other) => {
      const [blocks, otherBlocks] = [addressBlocks(one), addressBlocks(other)];
      assert.equal(beginning(one, 8) === beginning(other, 8), addressBlock(one) === addressBlock(other));
      if (blocks.length < 3 || otherBlocks.length < 3) return;
      assert.equal(beginning(one, 7) === beginning(other, 7), blocks[1]?.name === otherBlocks[1]?.name);
      assert.equal(beginning(one, 6) === beginning(other, 6), blocks[0]?.name === otherBlocks[0]?.name);
    }),
    { numRuns: 2000 },
  );
});

test('what is no address is a block by itself', () => {
  for (const text of ['', 'unknown', '1:2']) assert.equal(addressBlock(text), text);
});
