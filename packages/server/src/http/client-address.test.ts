import assert from 'node:assert/strict';
import { isIP, isIPv4 } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AddressBlocks } from '../net/address-blocks.ts';
import { plainAddress } from '../net/plain-address.ts';
import { ClientAddress } from './client-address.ts';

/** The address that a request comes from. */
function addressOf(address: ClientAddress, peer: string, forwardedFor?: string): string {
  return address.of(peer, { 'x-forwarded-for': forwardedFor });
}

const proxies = ['10.0.0.0/8', '192.0.2.10', '2001:db8:1::/48'];
const trusted = new AddressBlocks(proxies);

test('without trusted proxies, X-Forwarded-For is ignored', () => {
  const address = new ClientAddress([]);
  assert.equal(addressOf(address, '198.51.100.7', '203.0.113.1'), '198.51.100.7');
  assert.equal(addressOf(address, '198.51.100.7', undefined), '198.51.100.7');
});

test('behind a trusted proxy, the client address is the one that called the proxy', () => {
  const address = new ClientAddress(proxies);
  assert.equal(addressOf(address, '10.1.2.3', '203.0.113.1'), '203.0.113.1');
  assert.equal(addressOf(address, '192.0.2.10', '2001:db8:2::1'), '2001:db8:2::1');
  assert.equal(addressOf(address, '2001:db8:1::5', '203.0.113.1'), '203.0.113.1');
  assert.equal(addressOf(address, '10.1.2.3', undefined), '10.1.2.3', 'a proxy that asks for itself');
});

test('behind several trusted proxies, the client address is the last that is not one of them', () => {
  const address = new ClientAddress(proxies);
  assert.equal(addressOf(address, '10.1.2.3', '203.0.113.1, 192.0.2.10,10.9.9.9'), '203.0.113.1');
});

test('addresses that the client itself wrote into X-Forwarded-For are ignored', () => {
  const address = new ClientAddress(proxies);
  assert.equal(addressOf(address, '10.1.2.3', '1.1.1.1, 8.8.8.8, 203.0.113.1'), '203.0.113.1');
  assert.equal(addressOf(address, '198.51.100.7', '1.1.1.1, 10.1.2.3'), '198.51.100.7');
});

test('behind trusted proxies only, the client address is that of the first one, which asks for itself', () => {
  const address = new ClientAddress(proxies);
  assert.equal(addressOf(address, '10.1.2.3', '10.9.9.9'), '10.9.9.9');
  assert.equal(addressOf(address, '10.1.2.3', '192.0.2.10, 10.9.9.9'), '192.0.2.10');
});

test('empty entries of X-Forwarded-For are passed over, as in every list of HTTP (RFC 9110 section 5.6.1)', () => {
  const address = new ClientAddress(proxies);
  for (const header of ['203.0.113.1,', ', ,203.0.113.1', '203.0.113.1, ,\t,10.9.9.9,,', ' 203.0.113.1 ,']) {
    assert.equal(addressOf(address, '10.1.2.3', header), '203.0.113.1', header);
  }
  for (const header of ['', ' ', ',', ', ,,']) {
    assert.equal(addressOf(address, '10.1.2.3', header), '10.1.2.3', header);
  }
});

test('an X-Forwarded-For whose last entry is no address counts as the peer, whatever stands before it', () => {
  const address = new ClientAddress(proxies);
  for (const header of [
    'unknown',
    '203.0.113.1, unknown',
    '_hidden',
    '256.1.1.1',
    '203.0.113.1, x, 10.9.9.9',
  ]) {
    assert.equal(addressOf(address, '10.1.2.3', header), '10.1.2.3', header);
  }
  assert.equal(
    addressOf(address, '10.1.2.3', 'unknown, 203.0.113.1'),
    '203.0.113.1',
    'written by the client',
  );
});

test('a client has one address, however the proxies on the way write it and their own', () => {
  const write = (address: string) =>
    isIPv4(address)
      ? fc.constantFrom(
          address,
          `${address}:5678`,
          `::ffff:${address}`,
          `[::FFFF:${address}]:443`,
          `"${address}"`,
        )
      : fc.constantFrom(
          address,
          `[${address}]`,
          `[${address}]:443`,
          `${address}%eth0`,
          address.toUpperCase(),
        );
  const client = fc.oneof(fc.ipV4(), fc.ipV6()).filter((address) => !trusted.contains(address));
  const hops = fc.array(fc.constantFrom('10.9.9.9', '192.0.2.10', '2001:db8:1::5'), { maxLength: 3 });
  const spoofed = fc.array(fc.constantFrom('10.1.1.1', '8.8.8.8', 'unknown', '', 'x'), { maxLength: 3 });
  const address = new ClientAddress(proxies);
  fc.assert(
    fc.property(
      client.chain((each) => fc.tuple(fc.constant(each), write(each))),
      hops.chain((each) => fc.tuple(...each.map(write))),
      spoofed,
      fc.constantFrom(',', ', ', ' ,\t', ',,'),
      ([plain, written], between, before, separator) => {
        const header = [...before, written, ...between].join(separator);
        assert.equal(addressOf(address, '10.1.2.3', header), plainAddress(plain), header);
      },
    ),
    { numRuns: 1000 },
  );
});

test('whatever X-Forwarded-For holds, the client address is an IP address', () => {
  const address = new ClientAddress(proxies);
  const part = fc.oneof(
    fc.string(),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(...'[]",:%_ ', '10.1.1.1', '::ffff:10.1.1.1', ':80'),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      assert.notEqual(isIP(addressOf(address, '10.1.2.3', parts.join(''))), 0);
    }),
    { numRuns: 2000 },
  );
});

describe('warnings about trusted proxies', () => {
  function listen() {
    const warnings: unknown[] = [];
    const address = new ClientAddress(proxies, (message, fields) => warnings.push([message, fields]));
    return { address, warnings };
  }
  const entry = (forwardedFor: string) => ({ 'x-forwarded-for': forwardedFor });

  test('an entry that is no address is logged once for each proxy, with no more than 64 characters of it', () => {
    const { address, warnings } = listen();
    for (let count = 0; count < 3; count += 1) {
      address.of('10.1.2.3', entry('unknown'));
      address.of('10.1.2.4', entry('x'.repeat(1000)));
    }
    const message =
      'a trusted proxy sends an X-Forwarded-For that is no address: whoever it forwards for counts as the proxy';
    assert.deepEqual(warnings, [
      [message, { proxy: '10.1.2.3', entry: 'unknown' }],
      [message, { proxy: '10.1.2.4', entry: 'x'.repeat(64) }],
    ]);
  });

  test('a proxy that forwards with other headers alone is logged once', () => {
    const { address, warnings } = listen();
    for (let count = 0; count < 3; count += 1) address.of('10.1.2.3', { forwarded: 'for=203.0.113.1' });
    const message = 'a trusted proxy sends no X-Forwarded-For: whoever it forwards for counts as the proxy';
    assert.deepEqual(warnings, [[message, { proxy: '10.1.2.3' }]]);
  });

  test('many proxies cause no more than 20 lines', () => {
    const { address, warnings } = listen();
    for (let count = 0; count < 100; count += 1) address.of(`10.1.2.${count}`, entry('unknown'));
    assert.equal(warnings.length, 20);
  });

  test('addresses, a health check by the proxy itself, and what a stranger sends are not logged', () => {
    const { address, warnings } = listen();
    address.of('10.1.2.3', entry('203.0.113.1'));
    address.of('10.1.2.3', entry('unknown, 203.0.113.1'));
    address.of('10.1.2.3', {});
    address.of('198.51.100.7', entry('unknown'));
    address.of('198.51.100.7', { forwarded: 'for=203.0.113.1' });
    assert.deepEqual(warnings, []);
  });
});

test('an IPv4 peer on a dual-stack socket is an IPv4 address', () => {
  const address = new ClientAddress(proxies);
  assert.equal(addressOf(address, '::ffff:198.51.100.7', undefined), '198.51.100.7');
  assert.equal(addressOf(address, '::ffff:10.1.2.3', '203.0.113.1'), '203.0.113.1');
});

test('only this machine and the trusted proxies count as near', () => {
  const address = new ClientAddress(proxies);
  for (const peer of [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '::ffff:10.1.2.3',
    '2001:db8:1::5',
  ]) {
    assert.equal(address.isNear(peer), true, peer);
  }
  for (const peer of ['198.51.100.7', '::ffff:198.51.100.7', '2001:db8:2::1', '']) {
    assert.equal(address.isNear(peer), false, peer);
  }
});

test('a client that is no trusted proxy has the address of its socket, whatever headers it sends', () => {
  const address = new ClientAddress(proxies);
  fc.assert(
    fc.property(fc.string(), (header) => addressOf(address, '198.51.100.7', header) === '198.51.100.7'),
  );
});

test('a proxy that is not trusted is noticed by the headers that proxies send', () => {
  for (const address of [new ClientAddress([]), new ClientAddress(proxies)]) {
    for (const headers of [
      { 'x-forwarded-for': '203.0.113.1' },
      { 'x-forwarded-for': '' },
      { 'x-forwarded-proto': 'https' },
      { 'x-real-ip': '203.0.113.1' },
      { forwarded: 'for=203.0.113.1' },
      { via: '1.1 proxy' },
      { 'cf-connecting-ip': '203.0.113.1' },
    ]) {
      assert.equal(address.isUntrustedProxy('198.51.100.7', headers), true, JSON.stringify(headers));
    }
    const ofBrowser = { host: 'sso.example.com', 'sec-fetch-site': 'none', referer: 'https://example.com' };
    assert.equal(address.isUntrustedProxy('198.51.100.7', ofBrowser), false);
  }
});

test('behind a trusted proxy, one that is not trusted is noticed by the address that it forwarded for', () => {
  const address = new ClientAddress(proxies);
  const isNoticed = (forwardedFor?: string) =>
    address.isUntrustedProxy('10.1.2.3', { 'x-real-ip': '203.0.113.1', 'x-forwarded-for': forwardedFor });
  assert.equal(isNoticed('203.0.113.1, 198.51.100.7'), true);
  assert.equal(isNoticed('unknown, 198.51.100.7, 10.9.9.9'), true);
  assert.equal(isNoticed('198.51.100.7'), false);
  assert.equal(isNoticed('198.51.100.7, 192.0.2.10, 10.9.9.9'), false);
  assert.equal(isNoticed(', 198.51.100.7'), false);
  assert.equal(isNoticed(undefined), false);
});
