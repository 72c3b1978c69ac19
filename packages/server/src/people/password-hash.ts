/** The parts of an argon2id hash in PHC form, `$argon2id$v=19$m=47104,t=1,p=1$salt$tag`. */
export interface Argon2idHash {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/**
 * Reads an argon2id hash, strictly: canonical base64 without padding, version 19, and costs that a sign-in can bear
 * (up to 256 MiB and 16 passes), so that no line of a configuration makes the server hang.
 *
 * @returns `undefined` when it is none
 */
export function parsePasswordHash(text: string): Argon2idHash | undefined {
  const [, m, t, p, encodedSalt, encodedTag] = phc.exec(text) ?? [];
  if (encodedSalt === undefined || encodedTag === undefined) return undefined;
  const hash: Argon2idHash = {
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
    salt: Buffer.from(encodedSalt, 'base64'),
    tag: Buffer.from(encodedTag, 'base64'),
  };
  const bearable =
    hash.parallelism >= 1 &&
    hash.parallelism <= 16 &&
    hash.memory >= 8 * hash.parallelism &&
    hash.memory <= 262_144 &&
    hash.passes >= 1 &&
    hash.passes <= 16 &&
    hash.salt.length >= 8 &&
    hash.salt.length <= 64 &&
    hash.tag.length >= 16 &&
    hash.tag.length <= 64;
  return bearable && renderPasswordHash(hash) === text ? hash : undefined;
}

export function renderPasswordHash({ memory, passes, parallelism, salt, tag }: Argon2idHash): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
