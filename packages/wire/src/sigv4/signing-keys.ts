import type { CredentialScope } from './credential-scope.ts';
import { credentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { signingKey } from './signing-key.ts';
import type { SigningKeyCache } from './signing-options.ts';

const limit = 32;

/** Cache of the signing keys derived last. A key is good for one day, so most requests need no new one. */
export class SigningKeys implements SigningKeyCache {
  readonly #keys = new Map<string, Uint8Array | Promise<Uint8Array>>();

  get(
    secretAccessKey: string,
    scope: CredentialScope,
    crypto: SigV4Crypto,
  ): Uint8Array | Promise<Uint8Array> {
    const name = `${secretAccessKey} ${credentialScope(scope)}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = signingKey(secretAccessKey, scope, crypto);
    this.#keys.set(name, key);
    for (const oldest of this.#keys.keys()) {
      if (this.#keys.size <= limit) break;
      this.#keys.delete(oldest);
    }
    return key;
  }
}
