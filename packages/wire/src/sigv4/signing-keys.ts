import type { CredentialScope } from './credential-scope.ts';
import { credentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { signingKey } from './signing-key.ts';

const limit = 32;

/** The keys derived last, so that a key is not derived for each request; they change once a day. */
export class SigningKeys {
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
