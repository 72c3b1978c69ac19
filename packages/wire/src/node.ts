import type { KeyObject } from 'node:crypto';
import type { SigV4Crypto } from './sigv4/crypto.ts';

// Not imported, so that a bundle for a browser, which never runs this, has nothing in it that it cannot resolve.
const { createHmac, createSecretKey, hash } = process.getBuiltinModule('node:crypto');

/** Node's own cryptography, which answers at once where WebCrypto goes through a thread pool. */
export const nodeCrypto: SigV4Crypto = {
  sha256: (data) => hash('sha256', data, 'buffer'),
  hmacSha256: (key, data) => createHmac('sha256', keyObjectOf(key)).update(data).digest(),
};

const keyObjects = new WeakMap<Uint8Array, KeyObject>();

/** A key object makes an HMAC three times as fast as a key of bytes does, and more so when the key is used again. */
function keyObjectOf(key: Uint8Array): KeyObject {
  let object = keyObjects.get(key);
  if (object === undefined) {
    object = createSecretKey(key);
    keyObjects.set(key, object);
  }
  return object;
}
