import assert from 'node:assert/strict';
import { isIPv4 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBlock } from '../limits/address-block.ts';
import { compareNetworks } from './compare-networks.ts';
import { isPrivateIpv4 } from './private-address.ts';

/** Addresses of the machine in these tests. */
const own = ['127.0.0.1', '192.168.7.5', '::1', '2001:db8:7:5::1', 'fe80::5'];

function compare(one: string, other: string): string {
  const compared = compareNetworks(one, other, () => own);
  assert.equal(
    compareNetworks(other, one, () => own),
    compared,
    `${other} and ${one} the other way round`,
  );
  return compared;
}

/** An address that is not one of this machine, nor in a private network. */
const elsewhereIpv4 = fc.ipV4().filter((address) => !/^127\./.test(address) && !isPrivateIpv4(address));
const elsewhereIpv6 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 })
  .map((groups) => `2a00:${groups.map((group) => group.toString(16)).join(':')}`);

test('addresses of one machine, home or office are of the same network', () => {
  for (const [one, other] of [
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7', '::ffff:203.0.113.7'],
    ['203.0.113.7', '::FFFF:CB00:7107'],
    ['203.0.113.7', '64:ff9b::203.0.113.7'],
    ['2001:db8:1:2::5', '2001:db8:1:2:ffff::9'],
    ['2001:DB8:1:2::5', '2001:0db8:0001:0002::9'],
    ['192.168.1.20', '192.168.1.30'],
    ['10.1.2.3', '10.1.2.200'],
    ['172.16.9.1', '172.16.9.2'],
  ] as const) {
    assert.equal(compare(one, other), 'same', `${one} ${other}`);
  }
});

test('each address of this machine is compared as all of them', () => {
  for (const address of [...own, '127.0.0.53', '::ffff:127.0.0.1', '::ffff:192.168.7.5']) {
    for (const other of own) assert.equal(compare(address, other), 'same', `${address} ${other}`);
    assert.equal(compare(address, '192.168.7.30'), 'same', 'a neighbour in its private network');
    assert.equal(compare(address, '2001:db8:7:5::99'), 'same', 'a neighbour in its /64');
    assert.equal(compare(address, '203.0.113.7'), 'different');
    assert.equal(compare(address, '2001:db8:7:6::1'), 'different');
  }
});

test('neighbours by public IPv4 addresses, and by IPv6 in another /64, are of different networks', () => {
  for (const [one, other] of [
    ['203.0.113.7', '203.0.113.8'],
    ['203.0.113.7', '198.51.100.4'],
    ['100.64.1.1', '100.64.1.2'],
    ['192.168.1.20', '192.168.2.20'],
    ['10.1.2.3', '203.0.113.7'],
    ['64:ff9b::203.0.113.7', '64:ff9b::203.0.113.8'],
    ['2001:db8:1:2::5', '2001:db8:1:3::5'],
  ] as const) {
    assert.equal(compare(one, other), 'different', `${one} ${other}`);
  }
});

test('two IPv4 addresses elsewhere are of the same network only when they are equal', () => {
  fc.assert(
    fc.property(elsewhereIpv4, elsewhereIpv4, (one, other) => {
      assert.equal(compare(one, one), 'same');
      assert.equal(compare(`::ffff:${one}`, one), 'same');
      assert.equal(compare(one, other), one === other ? 'same' : 'different');
    }),
  );
});

test('two IPv6 addresses elsewhere are of the same network only when they are in one /64', () => {
  fc.assert(
    fc.property(elsewhereIpv6, elsewhereIpv6, (one, other) => {
      const isSame = addressBlock(one) === addressBlock(other);
      assert.equal(compare(one, other), isSame ? 'same' : 'different');
      const neighbour = `${one.split(':').slice(0, 4).join(':')}:${other.split(':').slice(4).join(':')}`;
      assert.equal(compare(one, neighbour), 'same');
    }),
  );
});

test('an IPv4 and an IPv6 address elsewhere are never said to be of different networks, nor of the same', () => {
  fc.assert(
    fc.property(elsewhereIpv4, elsewhereIpv6, (one, other) => {
      assert.equal(compare(one, other), 'unknown');
    }),
  );
});

test('what is no address is of no network', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom('', 'unknown', '1:2', '999.1.1.1'), fc.string()), (text) => {
      fc.pre(!isIPv4(text) && !text.includes(':') && !/localhost$/i.test(text));
      for (const address of ['203.0.113.7', '2001:db8::1', text]) {
        assert.equal(compare(text, address), 'unknown');
      }
    }),
  );
});

test('without addresses given, those of the machine that runs are taken', () => {
  assert.equal(compareNetworks('127.0.0.1', '::1'), 'same');
  assert.equal(compareNetworks('127.0.0.1', '203.0.113.7'), 'different');
});
