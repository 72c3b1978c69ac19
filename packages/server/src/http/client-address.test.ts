import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClientAddress } from './client-address.ts';

const proxies = ['10.0.0.0/8', '192.0.2.10', '2001:db8:1::/48'];

test('without trusted proxies, X-Forwarded-For is ignored', () => {
  const address = new ClientAddress([]);
  assert.equal(address.of('198.51.100.7', '203.0.113.1'), '198.51.100.7');
  assert.equal(address.of('198.51.100.7', undefined), '198.51.100.7');
});

test('behind a trusted proxy, the client address is the one that called the proxy', () => {
  const address = new ClientAddress(proxies);
  assert.equal(address.of('10.1.2.3', '203.0.113.1'), '203.0.113.1');
  assert.equal(address.of('192.0.2.10', '2001:db8:2::1'), '2001:db8:2::1');
  assert.equal(address.of('2001:db8:1::5', '203.0.113.1'), '203.0.113.1');
  assert.equal(address.of('10.1.2.3', undefined), '10.1.2.3', 'a proxy that asks for itself');
});

test('behind several trusted proxies, the client address is the last that is not one of them', () => {
  const address = new ClientAddress(proxies);
  assert.equal(address.of('10.1.2.3', '203.0.113.1, 192.0.2.10,10.9.9.9'), '203.0.113.1');
});

test('addresses that the client itself wrote into X-Forwarded-For are ignored', () => {
  const address = new ClientAddress(proxies);
  assert.equal(address.of('10.1.2.3', '1.1.1.1, 8.8.8.8, 203.0.113.1'), '203.0.113.1');
  assert.equal(address.of('198.51.100.7', '1.1.1.1, 10.1.2.3'), '198.51.100.7');
});

test('an X-Forwarded-For that is no list of addresses leaves the last known address', () => {
  const address = new ClientAddress(proxies);
  for (const header of [
    '',
    'unknown',
    '203.0.113.1, unknown',
    '203.0.113.1:8080',
    '_hidden',
    ',,,',
    '256.1.1.1',
  ]) {
    assert.equal(address.of('10.1.2.3', header), '10.1.2.3', header);
  }
});

test('an IPv4 peer on a dual-stack socket is an IPv4 address', () => {
  const address = new ClientAddress(proxies);
  assert.equal(address.of('::ffff:198.51.100.7', undefined), '198.51.100.7');
  assert.equal(address.of('::ffff:10.1.2.3', '203.0.113.1'), '203.0.113.1');
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
  fc.assert(fc.property(fc.string(), (header) => address.of('198.51.100.7', header) === '198.51.100.7'));
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
