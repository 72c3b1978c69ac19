import type { ChunkSignatures } from '../aws-chunked/chunk-signatures.ts';
import { type CredentialScope, credentialScope } from './credential-scope.ts';
import { type SigV4Crypto, sha256Hex } from './crypto.ts';
import { sign } from './signature.ts';

/** What the first signature of a chunk or event depends on: date, scope, key, and the signature of the headers. */
export interface Seed {
  readonly amzDate: string;
  readonly scope: CredentialScope;
  readonly key: Uint8Array;
  /** Signature of the headers, in hex. */
  readonly signature: string;
}

/** Computes the signatures of a body's chunks, for signing and for verifying. */
export class ChunkSigner implements ChunkSignatures {
  readonly #seed: Seed;
  readonly #crypto: SigV4Crypto;
  #previous: string;

  constructor(seed: Seed, crypto: SigV4Crypto) {
    this.#seed = seed;
    this.#crypto = crypto;
    this.#previous = seed.signature;
  }

  async ofChunk(data: Uint8Array): Promise<string> {
    return this.#next('PAYLOAD', [await sha256Hex('', this.#crypto), await sha256Hex(data, this.#crypto)]);
  }

  async ofTrailers(text: string): Promise<string> {
    return this.#next('TRAILER', [await sha256Hex(text, this.#crypto)]);
  }

  async #next(part: 'PAYLOAD' | 'TRAILER', hashes: readonly string[]): Promise<string> {
    const { amzDate, scope, key } = this.#seed;
    const text = [`AWS4-HMAC-SHA256-${part}`, amzDate, credentialScope(scope), this.#previous, ...hashes];
    this.#previous = await sign(text.join('\n'), key, this.#crypto);
    return this.#previous;
  }
}
