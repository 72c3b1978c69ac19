import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { FairQueue } from '../limits/fair-queue.ts';
import type { Holder } from '../limits/fair-shares.ts';
import { type Argon2idHash, parsePasswordHash, renderPasswordHash } from './password-hash.ts';

/**
 * The first of OWASP's equal settings for argon2id: 46 MiB, one pass, one lane. Not the one with 19 MiB, as the C library
 * gives blocks of more than 32 MiB back to the system when they are freed, and keeps smaller ones: 140 MB after eight
 * sign-ins.
 */
const setting = { memory: 47_104, passes: 1, parallelism: 1 };

/**
 * The hash that an unknown user's password is compared with: it costs as much as a real one, and no password matches
 * it.
 */
const decoy: Argon2idHash = { ...setting, salt: Buffer.alloc(16), tag: Buffer.alloc(32) };

/** The most checks of one address that may wait for each one that runs. */
const queuedPerAddress = 8;
/** The most checks of all addresses that may wait for each one that runs: those that are done in some ten seconds. */
const queuedInAll = 256;

const deriveKey = promisify(argon2);

export type VerifyPasswordResult =
  | 'match'
  /** Wrong password, no such user, or no password set: the three look alike from outside, and take as long. */
  | 'mismatch'
  /** Too many checks are waiting, of all or of this holder; nothing was compared. */
  | 'busy';

/** Verifies and hashes passwords off the request thread, a bounded number at once. Those who wait take turns. */
export class PasswordChecker {
  readonly #concurrency: number;
  /** What the turn of a check begins with: whether it may start, or has to give up its place. */
  readonly #queue: FairQueue<(mayStart: boolean) => void>;
  #running = 0;

  /** @param options.concurrency - verifications at once; each takes a core for some 50 ms, and 46 MiB while it lasts */
  constructor(options: { readonly concurrency: number }) {
    this.#concurrency = options.concurrency;
    this.#queue = new FairQueue({
      maxWaiting: options.concurrency * queuedInAll,
      maxWaitingPerAddress: options.concurrency * queuedPerAddress,
    });
  }

  /**
   * @param hash - the user's argon2id hash in PHC form; `undefined` when the user is unknown or has no password
   * @param password - as typed
   * @param holder - whose turn it takes
   */
  async verify(hash: string | undefined, password: string, holder: Holder): Promise<VerifyPasswordResult> {
    return this.#inTurn(holder, async () => ((await verifyPassword(hash, password)) ? 'match' : 'mismatch'));
  }

  /**
   * Hashes a new password, in turn with the checks: it costs as much.
   *
   * @returns as `hashPassword`
   */
  hash(password: string, holder: Holder): Promise<string | 'busy'> {
    return this.#inTurn(holder, () => hashPassword(password));
  }

  async #inTurn<Result>(holder: Holder, work: () => Promise<Result>): Promise<Result | 'busy'> {
    if (this.#running < this.#concurrency) this.#running += 1;
    else if (!(await this.#waitForTurn(holder))) return 'busy';
    try {
      return await work();
    } finally {
      const next = this.#queue.takeTurn();
      if (next === undefined) this.#running -= 1;
      else next(true);
    }
  }

  /** @returns whether its turn has come; `false` when it has to leave the queue */
  #waitForTurn(holder: Holder): Promise<boolean> {
    return new Promise((resolve) => {
      const { leaving } = this.#queue.push(holder, resolve);
      leaving?.(false);
    });
  }
}

/**
 * Makes the hash that the configuration keeps.
 *
 * @param salt - 16 bytes; fresh ones, unless a test wants the same hash again
 * @returns argon2id in PHC form
 * @throws {RangeError} when the password is empty or longer than 1024 bytes
 */
export async function hashPassword(password: string, salt: Buffer = randomBytes(16)): Promise<string> {
  const message = normalizePassword(password);
  if (message === undefined) throw new RangeError('Hash a password: expected 1 to 1024 bytes');
  return renderPasswordHash({
    ...setting,
    salt,
    tag: await derive(message, { ...setting, salt, tagLength: 32 }),
  });
}

/** @returns a password to read out or type over: four groups of four without look-alikes, 79 bits */
export function generatePassword(): string {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  const message = normalizePassword(password);
  if (message === undefined) return false;
  const expected = (hash === undefined ? undefined : parsePasswordHash(hash)) ?? decoy;
  const tag = await derive(message, { ...expected, tagLength: expected.tag.length });
  return timingSafeEqual(tag, expected.tag) && expected !== decoy;
}

/**
 * Keyboards disagree on how to write the same accented letter, so it is the NFKC form that counts
 * (NIST SP 800-63B). The bound is on what was typed: longer input is no password, and would cost work.
 */
function normalizePassword(password: string): Buffer | undefined {
  const byteLength = Buffer.byteLength(password);
  if (byteLength === 0 || byteLength > 1024) return undefined;
  return Buffer.from(password.normalize('NFKC'));
}

function derive(
  message: Buffer,
  hash: Omit<Argon2idHash, 'tag'> & { readonly tagLength: number },
): Promise<Buffer> {
  const { memory, passes, parallelism, salt: nonce, tagLength } = hash;
  return deriveKey('argon2id', { message, nonce, memory, passes, parallelism, tagLength });
}
