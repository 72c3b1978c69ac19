import type { SigV4Crypto } from '@latchkey/wire/sigv4/crypto';
import { platform } from '../platform/platform.ts';

/** Loads the platform's hashes where they are faster than WebCrypto's. @returns undefined: use WebCrypto */
export async function platformCrypto(): Promise<SigV4Crypto | undefined> {
  return platform === 'node' ? (await import('../platform/node.ts')).nodeCrypto : undefined;
}
