import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddressBlocks } from './address-blocks.ts';

test('an address is in a block however either is written', () => {
  for (const block of [
    '192.0.2.0/24',
    '::ffff:192.0.2.0/120',
    '::ffff:c000:200/120',
    '0:0:0:0:0:FFFF:c000:201',
  ]) {
    const blocks = new AddressBlocks([block]);
    for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:C000:201']) {
      assert.equal(blocks.contains(address), true, `${block} ${address}`);
    }
    assert.equal(blocks.contains('192.0.3.1'), false, block);
  }
});

test('the zone of an address does not matter', () => {
  for (const block of ['fe80::1', 'fe80::1%eth0', 'fe80::/64', 'fe80::%eth0/64']) {
    const blocks = new AddressBlocks([block]);
    for (const address of ['fe80::1', 'fe80::1%eth0', 'FE80::1%1']) {
      assert.equal(blocks.contains(address), true, `${block} ${address}`);
    }
    assert.equal(blocks.contains('fe80:1::1'), false, block);
  }
});

test('an address behind NAT64 is in the blocks of both its forms', () => {
  for (const block of ['64:ff9b::/96', '64:ff9b::c000:201', '192.0.2.0/24']) {
    assert.equal(new AddressBlocks([block]).contains('64:ff9b::192.0.2.1'), true, block);
  }
  assert.equal(new AddressBlocks(['64:ff9b::/96']).contains('192.0.2.1'), false);
});

test('what is no address is in no block', () => {
  const blocks = new AddressBlocks(['0.0.0.0/0', '::/0']);
  for (const text of ['', 'unknown', '1:2', '10.1.1.1:80']) assert.equal(blocks.contains(text), false, text);
});
