import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../config/config.ts';
import type { Origin } from '../origin.ts';
import { compareAskerNetwork } from './asker-network.ts';

type Deployment = Pick<Config, 'baseUrl' | 'tls' | 'trustedProxies'>;

const tls = { certFile: '/cert.pem', keyFile: '/key.pem' };

/** Own TLS at a public URL, without a proxy. */
const atPublicUrl: Deployment = { baseUrl: 'https://sso.example.com', tls, trustedProxies: [] };
/** A reverse proxy on the same machine, that is named. */
const behindNamedProxy: Deployment = {
  baseUrl: 'https://sso.example.com',
  trustedProxies: ['127.0.0.1', '10.9.0.0/16'],
};
const inPrivateNetwork: Deployment = { baseUrl: 'https://latchkey.lan', tls, trustedProxies: [] };
const onThisMachine: Deployment = { baseUrl: 'http://localhost:8484', trustedProxies: [] };

function compare(config: Deployment, asking: string, browsing: string, signs: Partial<Origin> = {}) {
  const browser = { address: browsing, userAgent: 'a browser', requestId: 'request-1', ...signs };
  return compareAskerNetwork(config, asking, browser);
}

test('clients that reach the server directly are compared by their addresses', () => {
  for (const deployment of [atPublicUrl, behindNamedProxy, inPrivateNetwork, onThisMachine]) {
    assert.equal(compare(deployment, '203.0.113.7', '203.0.113.7'), 'same');
    assert.equal(compare(deployment, '203.0.113.7', '198.51.100.4'), 'different');
    assert.equal(compare(deployment, '203.0.113.7', '2001:db8::1'), 'otherIpVersion');
    assert.equal(compare(deployment, '2001:db8::1', '203.0.113.7'), 'otherIpVersion');
  }
});

test('at a public URL, a private or loopback address on either side is that of a proxy that nobody named', () => {
  for (const address of [
    '127.0.0.1',
    '::1',
    '10.0.0.2',
    '172.17.0.1',
    '192.168.65.1',
    '100.96.1.1',
    'fd00::2',
  ]) {
    for (const other of [address, '203.0.113.7', '2001:db8::1', '10.0.0.3']) {
      assert.equal(compare(atPublicUrl, address, other), 'behindProxy', `${address} ${other}`);
      assert.equal(compare(atPublicUrl, other, address), 'behindProxy', `${other} ${address}`);
    }
  }
});

test('private addresses that a trusted proxy forwards are those of clients', () => {
  assert.equal(compare(behindNamedProxy, '192.168.3.4', '192.168.3.4'), 'same');
  assert.equal(compare(behindNamedProxy, '192.168.3.4', '192.168.8.4'), 'different');
  assert.equal(compare(behindNamedProxy, '192.168.3.4', '203.0.113.7'), 'different');
});

test("a trusted proxy's own address is not that of a client", () => {
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '10.9.1.1']) {
    assert.equal(compare(behindNamedProxy, address, '203.0.113.7'), 'behindProxy');
    assert.equal(compare(behindNamedProxy, '203.0.113.7', address), 'behindProxy');
    assert.equal(compare(behindNamedProxy, address, address), 'behindProxy');
  }
});

test('a server that people reach by https and that speaks http is behind a proxy', () => {
  const behindUnnamedProxy = { baseUrl: 'https://sso.example.com', trustedProxies: [] };
  for (const baseUrl of ['https://sso.example.com', 'https://latchkey.lan', 'https://localhost:8443']) {
    for (const address of ['127.0.0.1', '203.0.113.7']) {
      const deployment = { ...behindUnnamedProxy, baseUrl };
      assert.equal(compare(deployment, address, address), 'behindProxy');
      assert.equal(compare(deployment, address, '198.51.100.4'), 'behindProxy');
    }
  }
});

test("a proxy that speaks in the headers of the browser's request, and is not trusted, has its own address there", () => {
  for (const deployment of [atPublicUrl, behindNamedProxy, inPrivateNetwork, onThisMachine]) {
    for (const browsing of ['203.0.113.7', '198.51.100.4']) {
      assert.equal(compare(deployment, '203.0.113.7', browsing, { viaUntrustedProxy: true }), 'behindProxy');
    }
  }
});

test('in a private network and on this machine, private addresses are those of clients', () => {
  assert.equal(compare(inPrivateNetwork, '192.168.1.20', '192.168.1.20'), 'same');
  assert.equal(compare(inPrivateNetwork, '192.168.1.20', '192.168.9.20'), 'different');
  for (const deployment of [inPrivateNetwork, onThisMachine]) {
    assert.equal(compare(deployment, '127.0.0.1', '::1'), 'same');
    assert.equal(compare(deployment, '::1', '127.0.0.1'), 'same');
  }
  const proxied = { ...onThisMachine, trustedProxies: ['127.0.0.1', '::1'] };
  assert.equal(compare(proxied, '127.0.0.1', '::1'), 'same');
  assert.equal(compare(proxied, '203.0.113.7', '::1'), 'different', 'a device elsewhere, a browser here');
});

test('a request whose address is not known is from no known network', () => {
  assert.equal(compare(atPublicUrl, '', '203.0.113.7'), 'behindProxy');
  assert.equal(compare(atPublicUrl, '203.0.113.7', ''), 'behindProxy');
});
