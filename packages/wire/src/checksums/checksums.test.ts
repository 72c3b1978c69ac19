import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { encodeUtf8 } from '../values/utf8.ts';
import type { Checksum } from './checksum.ts';
import { crc32, crc32c } from './crc32.ts';
import { crc64Nvme } from './crc64-nvme.ts';
import { md5 } from './md5.ts';
import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';

const makers: Record<string, () => Checksum> = { crc32, crc32c, crc64Nvme, md5, sha1, sha256 };

function hexOf(make: () => Checksum, ...parts: readonly Uint8Array[]): string {
  const checksum = make();
  for (const part of parts) checksum.update(part);
  return Buffer.from(checksum.digest()).toString('hex');
}

describe('the checksum of 123456789 is the one that is published', () => {
  const published: Record<string, string> = {
    crc32: 'cbf43926',
    crc32c: 'e3069283',
    crc64Nvme: 'ae8b14860a799888',
    md5: '25f9e794323b453885f5181f1b624d0b',
    sha1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
    sha256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
  };
  for (const [name, make] of Object.entries(makers)) {
    test(name, () => assert.equal(hexOf(make, encodeUtf8('123456789')), published[name]));
  }
});

describe('the checksum is the same however the bytes were cut', () => {
  for (const [name, make] of Object.entries(makers)) {
    test(name, () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (parts) => {
          assert.equal(hexOf(make, ...parts), hexOf(make, Buffer.concat(parts)));
        }),
      );
    });
  }
});

describe('the checksum is that of Node', () => {
  const nodes: Record<string, (bytes: Uint8Array) => string> = {
    crc32: (bytes) => zlibCrc32(bytes).toString(16).padStart(8, '0'),
    md5: (bytes) => createHash('md5').update(bytes).digest('hex'),
    sha1: (bytes) => createHash('sha1').update(bytes).digest('hex'),
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  };
  for (const [name, node] of Object.entries(nodes)) {
    test(name, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
          assert.equal(hexOf(makers[name] ?? md5, bytes), node(bytes));
        }),
      );
    });
  }
});
