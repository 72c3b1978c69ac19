import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { randomBytes } from './random.ts';

export const MASTER_SECRET_BYTES = 32;
const ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The letters of a check word: those of proquints (https://arxiv.org/html/0901.4016), which people can say and type. */
const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';

/** A secret that seals the keys in a store. Whoever has both can make every token of the instance. */
export class MasterSecret {
  /** Names the secret: 8 bytes that follow from it, and give nothing of it away. */
  readonly id: Uint8Array;
  readonly #secret: Uint8Array;

  /** @param secret - 32 bytes */
  constructor(secret: Uint8Array) {
    if (secret.length !== MASTER_SECRET_BYTES) {
      throw new RangeError(`A master secret has ${MASTER_SECRET_BYTES} bytes, not ${secret.length}`);
    }
    this.#secret = secret;
    this.id = this.#derive('id', ID_BYTES);
  }

  /** The name of the secret in messages: 16 hex digits. */
  get name(): string {
    return nameOfMasterSecret(this.id);
  }

  /**
   * Follows from the secret, and is typed by a person to show that the secret is kept where they say: `lusab-babad`. Gives
   * nothing of it away.
   */
  get checkWord(): string {
    const bytes = Buffer.from(this.#derive('check-word', 4));
    return `${syllables(bytes.readUInt16BE(0))}-${syllables(bytes.readUInt16BE(2))}`;
  }

  /**
   * Encrypts and authenticates (AES-256-GCM).
   *
   * @param label - what it is; the same is needed to unseal it
   * @returns nonce, ciphertext and tag in one
   */
  seal(label: string, plaintext: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#derive('seal', 32), nonce);
    cipher.setAAD(Buffer.from(label));
    return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** @returns what was sealed; `undefined` when it was not sealed by this secret with this label */
  unseal(label: string, sealed: Uint8Array): Buffer | undefined {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#derive('seal', 32), nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(label));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    return plaintext;
  }

  #derive(use: string, length: number): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, '', `latchkey:master:${use}`, length));
  }
}

/** The name of the master secret that has an id: 16 hex digits. */
export function nameOfMasterSecret(id: Uint8Array): string {
  return Buffer.from(id).toString('hex');
}

/** 16 bits as consonant, vowel, consonant, vowel, consonant. */
function syllables(bits: number): string {
  const letter = (letters: string, shift: number) => letters[(bits >> shift) % letters.length] ?? '';
  return (
    letter(CONSONANTS, 12) +
    letter(VOWELS, 10) +
    letter(CONSONANTS, 6) +
    letter(VOWELS, 4) +
    letter(CONSONANTS, 0)
  );
}
