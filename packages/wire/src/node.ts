import { createHmac, hash } from 'node:crypto';
import type { SigV4Crypto } from './sigv4/crypto.ts';

/** Node's own cryptography, which answers at once where WebCrypto goes through a thread pool. */
export const nodeCrypto: SigV4Crypto = {
  sha256: (data) => hash('sha256', data, 'buffer'),
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
};
