import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseForwardedAddress } from './forwarded-address.ts';
import { plainAddress } from './plain-address.ts';

test('an address is read in each form in which proxies forward it', () => {
  const examples: Readonly<Record<string, string>> = {
    '192.0.2.1': '192.0.2.1',
    ' \t192.0.2.1 ': '192.0.2.1',
    '192.0.2.1:5678': '192.0.2.1',
    '192.0.2.1:_port': '192.0.2.1',
    '"192.0.2.1:5678"': '192.0.2.1',
    '2001:db8::1': '2001:db8::1',
    '2001:DB8:0:0::1': '2001:db8::1',
    '[2001:db8::1]': '2001:db8::1',
    '[2001:db8::1]:443': '2001:db8::1',
    '"[2001:db8::1]:443"': '2001:db8::1',
    '1:2:3:4:5:6:7:8:443': '1:2:3:4:5:6:7:8',
    'fe80::1%eth0': 'fe80::1',
    '[fe80::1%eth0]:443': 'fe80::1',
    '[fe80::1%25eth0]': 'fe80::1',
    '::ffff:192.0.2.1': '192.0.2.1',
    '::ffff:192.0.2.1:443': '192.0.2.1',
    '::ffff:c000:201': '192.0.2.1',
    '0:0:0:0:0:FFFF:C000:0201': '192.0.2.1',
    '[::ffff:c000:201]:443': '192.0.2.1',
    '64:ff9b::c000:201': '192.0.2.1',
  };
  for (const [entry, address] of Object.entries(examples)) {
    assert.equal(parseForwardedAddress(entry), address, entry);
  }
});

test('what is no address is not read as one', () => {
  for (const entry of [
    '',
    'unknown',
    '_hidden',
    'unix:',
    'sso.example.com',
    '256.1.1.1',
    '192.0.2.01',
    '192.0.2.1:',
    '192.0.2.1:65536',
    '192.0.2.1:99999',
    '192.0.2.1:port',
    '192.0.2.1/24',
    '192.0.2.1 192.0.2.2',
    'for=192.0.2.1',
    '[192.0.2.1]:80',
    '[2001:db8::1',
    '2001:db8::1]',
    '[2001:db8::1]443',
    '[]',
    '[unknown]:80',
    '"192.0.2.1',
    '1:2:3',
  ]) {
    assert.equal(parseForwardedAddress(entry), undefined, entry);
  }
});

test('each address is read with any port, in brackets and quotes', () => {
  const port = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV6(), port, (v4, v6, number) => {
      assert.equal(parseForwardedAddress(`${v4}:${number}`), v4);
      assert.equal(parseForwardedAddress(`[${v6}]:${number}`), plainAddress(v6));
      assert.equal(parseForwardedAddress(`"[${v6}]"`), plainAddress(v6));
    }),
  );
});
