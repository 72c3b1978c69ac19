import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPrivateAddress, isPrivateHost, isPrivateIpv4 } from './private-address.ts';

test('addresses that mean nothing on the internet are private', () => {
  const ofPrivateNetworks = ['10.0.0.1', '172.16.0.1', '172.31.255.1', '192.168.0.1', '::ffff:10.0.0.1'];
  const others = [
    '127.0.0.1',
    '0.0.0.0',
    '169.254.1.1',
    '100.64.0.1',
    '::',
    '::1',
    'fe80::1%eth0',
    'fd00::1',
  ];
  for (const address of ofPrivateNetworks) assert.ok(isPrivateIpv4(address), address);
  for (const address of others) assert.ok(!isPrivateIpv4(address), address);
  for (const address of [...ofPrivateNetworks, ...others]) assert.ok(isPrivateAddress(address), address);
  for (const address of ['203.0.113.7', '172.32.0.1', '100.128.0.1', '2001:db8::1', '', 'unknown']) {
    assert.ok(!isPrivateAddress(address), address);
  }
});

test('a host is private by its address, or by a name that the internet does not have', () => {
  for (const host of [
    'localhost',
    'a.localhost',
    '127.0.0.1',
    '[::1]',
    '192.168.1.10',
    '[fd00::1]',
    'latchkey',
    'latchkey.lan',
    'sso.corp.internal',
    'SSO.HOME.ARPA.',
  ]) {
    assert.ok(isPrivateHost(host), host);
  }
  for (const host of [
    'sso.example.com',
    'sso.example.com.',
    '203.0.113.7',
    '[2001:db8::1]',
    'lan.example.com',
  ]) {
    assert.ok(!isPrivateHost(host), host);
  }
});
