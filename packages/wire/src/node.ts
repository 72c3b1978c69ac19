import type { SigV4Crypto } from './sigv4/crypto.ts';

if (process.getBuiltinModule === undefined) {
  throw new Error(
    `@latchkey/wire/node needs Node 20.16, 22.3 or newer; this is Node ${process.versions.node}`,
  );
}

// Not an import: a bundler for browsers, which never run this, could not resolve it.
const { hash } = process.getBuiltinModule('node:crypto');

/** Hashes of `node:crypto`. They are synchronous; WebCrypto goes through a thread pool. */
export const nodeCrypto: SigV4Crypto = {
  sha256: (data) => hash('sha256', data, 'buffer'),
  sha256Hex: (data) => hash('sha256', data, 'hex'),
  hmacSha256(key, data) {
    const { inner, outer } = padsOf(key);
    return sha256(outer, sha256(inner, data));
  },
};

function sha256(start: Uint8Array, end: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([start, end]), 'buffer');
}

const blockLength = 64;
const pads = new WeakMap<Uint8Array, { readonly inner: Uint8Array; readonly outer: Uint8Array }>();

/**
 * The two padded keys of HMAC (RFC 2104, section 2). HMAC as two calls of `hash` takes a third of the time of
 * `createHmac`, whose objects are expensive to create and to collect.
 */
function padsOf(key: Uint8Array): { readonly inner: Uint8Array; readonly outer: Uint8Array } {
  let found = pads.get(key);
  if (found === undefined) {
    const block = new Uint8Array(blockLength);
    block.set(key.length > blockLength ? hash('sha256', key, 'buffer') : key);
    found = { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) };
    pads.set(key, found);
  }
  return found;
}
