import { type EventHeader, encodeHeaders } from '../event-stream/headers.ts';
import { renderAmzDate } from './amz-date.ts';
import { type CredentialScope, credentialScope } from './credential-scope.ts';
import { type SigV4Crypto, sha256Hex } from './crypto.ts';
import { sign } from './signature.ts';
import { SigningKeys } from './signing-keys.ts';

/** Computes the signatures of an event stream's messages, for signing and for verifying. Each covers the one before it. */
export class EventSigner {
  readonly #secretAccessKey: string;
  readonly #scope: CredentialScope;
  readonly #crypto: SigV4Crypto;
  // A stream may last until the next day, which has another key.
  readonly #keys = new SigningKeys();
  #previous: string;

  /** @param seed scope and signature of the headers */
  constructor(
    secretAccessKey: string,
    seed: { readonly scope: CredentialScope; readonly signature: string },
    crypto: SigV4Crypto,
  ) {
    this.#secretAccessKey = secretAccessKey;
    this.#scope = seed.scope;
    this.#crypto = crypto;
    this.#previous = seed.signature;
  }

  /** @returns headers of the message around `payload`: date, and signature as bytes */
  async sign(payload: Uint8Array, nowMs: number): Promise<Record<':date' | ':chunk-signature', EventHeader>> {
    const date: EventHeader = { type: 'timestamp', value: new Date(nowMs) };
    const amzDate = renderAmzDate(nowMs);
    const scope = { ...this.#scope, date: amzDate.slice(0, 8) };
    const text = [
      'AWS4-HMAC-SHA256-PAYLOAD',
      amzDate,
      credentialScope(scope),
      this.#previous,
      await sha256Hex(encodeHeaders({ ':date': date }), this.#crypto),
      await sha256Hex(payload, this.#crypto),
    ];
    const key = await this.#keys.get(this.#secretAccessKey, scope, this.#crypto);
    this.#previous = await sign(text.join('\n'), key, this.#crypto);
    const signature = Uint8Array.from(this.#previous.match(/../g) ?? [], (digits) =>
      Number.parseInt(digits, 16),
    );
    return { ':date': date, ':chunk-signature': { type: 'blob', value: signature } };
  }
}
