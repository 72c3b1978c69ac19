import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { randomBytes } from './random.ts';

/** A master key. Everything else is derived from it, one key a purpose (HKDF, RFC 5869). */
export interface MasterKey {
  /** 0 to 255; travels with whatever the key made, so that it is found again after a rotation. */
  readonly id: number;
  readonly createdAtMs: number;
  readonly secret: Uint8Array;
}

/**
 * A part of what a MAC covers: text or bytes. Each part goes in with its length, so that no two lists of parts look
 * alike.
 */
export type Part = string | Uint8Array;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Looks for keys that other processes have made since. @returns `undefined` when it is too soon to look again */
export type LearnKeys = () => Promise<void> | undefined;

/**
 * The instance's keys: authenticates (HMAC-SHA-256) and seals (AES-256-GCM), always for a named purpose.
 * One key is the current one; the others still verify and unseal what they made.
 */
export class Keys {
  #current!: MasterKey;
  #masterById!: ReadonlyMap<number, MasterKey>;
  #macKeys!: DerivedKeys;
  #sealKeys!: DerivedKeys;
  readonly #learn: LearnKeys;

  /**
   * @param masters - at least one, oldest first
   * @param options.currentId - the key that makes something; default the newest
   * @param options.learn - default: all keys are known
   */
  constructor(
    masters: readonly MasterKey[],
    { currentId, learn = () => undefined }: { readonly currentId?: number; readonly learn?: LearnKeys } = {},
  ) {
    this.#learn = learn;
    this.replace(masters, currentId);
  }

  /** Takes these keys in the place of those of before. */
  replace(masters: readonly MasterKey[], currentId = masters.at(-1)?.id): void {
    const current = masters.find(({ id }) => id === currentId);
    if (current === undefined) throw new TypeError('A key ring needs at least one key');
    this.#current = current;
    this.#masterById = new Map(masters.map((master) => [master.id, master]));
    this.#macKeys = new DerivedKeys('mac');
    this.#sealKeys = new DerivedKeys('seal');
  }

  /**
   * Where no key has the id, looks once whether another process has made it since; not each time, as anybody can make up ids.
   *
   * @returns what to wait for before the id is used; `undefined` when there is nothing to wait for
   */
  learn(keyId: number): Promise<void> | undefined {
    return this.#masterById.has(keyId) ? undefined : this.#learn();
  }

  get currentId(): number {
    return this.#current.id;
  }

  /** Ids of all keys: the current one, then the others, newest first. */
  get ids(): readonly number[] {
    const others = [...this.#masterById.keys()].filter((id) => id !== this.currentId);
    return [this.currentId, ...others.reverse()];
  }

  /** @returns 32 bytes, under the current key */
  mac(purpose: string, ...parts: Part[]): Buffer {
    return this.#mac(this.#current, purpose, parts);
  }

  /** @returns 32 bytes under the key `keyId`; `undefined` when there is no such key (any more) */
  macUnder(keyId: number, purpose: string, ...parts: Part[]): Buffer | undefined {
    const master = this.#masterById.get(keyId);
    return master && this.#mac(master, purpose, parts);
  }

  /** Whether any of the keys made this MAC; constant in time. */
  verifyMac(mac: Uint8Array, purpose: string, ...parts: Part[]): boolean {
    return this.ids.some((keyId) => {
      const expected = this.macUnder(keyId, purpose, ...parts);
      return expected !== undefined && mac.length === expected.length && timingSafeEqual(mac, expected);
    });
  }

  /** Encrypts and authenticates. @returns key id, nonce, ciphertext and tag in one */
  seal(purpose: string, plaintext: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#sealKeys.of(this.#current, purpose), nonce);
    const keyId = Buffer.of(this.#current.id);
    cipher.setAAD(keyId);
    return Buffer.concat([keyId, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** @returns what was sealed; `undefined` when it was not sealed by one of these keys for this purpose */
  unseal(purpose: string, sealed: Uint8Array): Buffer | undefined {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES) return undefined;
    const master = this.#masterById.get(sealed[0] as number);
    if (master === undefined) return undefined;
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#sealKeys.of(master, purpose),
      sealed.subarray(1, 1 + NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(sealed.subarray(0, 1));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const plaintext = decipher.update(sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    return plaintext;
  }

  #mac(master: MasterKey, purpose: string, parts: readonly Part[]): Buffer {
    return createHmac('sha256', this.#macKeys.of(master, purpose)).update(frame(parts)).digest();
  }
}

/** The keys of one use that were derived so far. They are found without making a string, as most requests need three. */
class DerivedKeys {
  readonly #use: 'mac' | 'seal';
  readonly #byMaster = new Map<MasterKey, Map<string, KeyObject>>();

  constructor(use: 'mac' | 'seal') {
    this.#use = use;
  }

  of(master: MasterKey, purpose: string): KeyObject {
    const known = this.#byMaster.get(master)?.get(purpose);
    return known ?? this.#derive(master, purpose);
  }

  #derive(master: MasterKey, purpose: string): KeyObject {
    const info = `latchkey:${this.#use}:${purpose}`;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', master.secret, '', info, 32)));
    const byPurpose = this.#byMaster.get(master) ?? new Map<string, KeyObject>();
    this.#byMaster.set(master, byPurpose.set(purpose, key));
    return key;
  }
}

/** Joins parts, each after its length in 4 bytes. One buffer, because each `update` of an HMAC costs a microsecond. */
function frame(parts: readonly Part[]): Buffer {
  const pieces = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  const framed = Buffer.allocUnsafe(pieces.reduce((length, piece) => length + 4 + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    at = framed.writeUInt32BE(piece.length, at);
    framed.set(piece, at);
    at += piece.length;
  }
  return framed;
}
