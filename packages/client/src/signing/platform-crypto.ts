import type { SigV4Crypto } from '@latchkey/wire/sigv4/crypto';
import { platform } from '../platform/platform.ts';

/** @returns undefined for WebCrypto, which every platform has */
export async function platformCrypto(): Promise<SigV4Crypto | undefined> {
  return platform === 'node' ? (await import('../platform/node.ts')).nodeCrypto : undefined;
}
