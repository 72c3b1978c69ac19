import { generateKeyPairSync, hash, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What an authenticator is asked. A browser would fill in its own origin, and let no other relying party through. */
export interface Ceremony {
  /** base64url */
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  /** Whether it verified its user, by a PIN or a fingerprint. Default true. */
  readonly isVerified?: boolean;
}

/** A key that signs answers. */
export interface SigningCredential {
  readonly id: Buffer;
  readonly privateKey: KeyObject;
  /** The counter of the answer. */
  readonly signCount: number;
  /** The user id that a passkey brings along. Empty for one that does not name its user. */
  readonly userHandle: string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** An authenticator in software, with one passkey (ES256). It answers whatever it is asked, also what no browser would ask. */
export class SoftAuthenticator {
  readonly id = randomBytes(16);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  /** The counter of the last answer. */
  signCount = 0;

  /** Registers its passkey. @returns what a browser sends */
  register(asked: Ceremony): string {
    const clientData = renderClientData('webauthn.create', asked);
    const length = Buffer.of(0, this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.#coseKey()]);
    const data = Buffer.concat([authenticatorData(asked, this.signCount, HAS_CREDENTIAL), credential]);
    return renderAnswer(this.id, {
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestationObject(data).toString('base64url'),
      transports: ['internal'],
    });
  }

  /**
   * Signs in.
   *
   * @param options.userHandle - default: none, as of a security key that does not name its user
   * @returns what a browser sends
   */
  answer(asked: Ceremony, { userHandle = '' }: { readonly userHandle?: string } = {}): string {
    this.signCount += 1;
    const { id, signCount } = this;
    return signAnswer({ id, signCount, userHandle, privateKey: this.#keys.privateKey }, asked);
  }

  /** The public key as COSE has it (RFC 9053 section 2.1). */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const head = Buffer.from('a5010203262001215820', 'hex');
    const between = Buffer.from('225820', 'hex');
    return Buffer.concat([head, Buffer.from(x, 'base64url'), between, Buffer.from(y, 'base64url')]);
  }
}

/** What a browser sends of a passkey that was used, rightly signed. */
export function signAnswer(credential: SigningCredential, asked: Ceremony): string {
  const { id, privateKey, signCount, userHandle } = credential;
  const clientData = renderClientData('webauthn.get', asked);
  const data = authenticatorData(asked, signCount);
  const signed = Buffer.concat([data, hash('sha256', clientData, 'buffer')]);
  const digest = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return renderAnswer(id, {
    clientDataJSON: clientData.toString('base64url'),
    authenticatorData: data.toString('base64url'),
    signature: sign(digest, signed, privateKey).toString('base64url'),
    userHandle: Buffer.from(userHandle).toString('base64url'),
  });
}

function renderClientData(type: string, { challenge, origin }: Ceremony): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData({ rpId, isVerified = true }: Ceremony, signCount: number, more = 0): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(signCount);
  const flags = Buffer.of(USER_PRESENT | (isVerified ? USER_VERIFIED : 0) | more);
  return Buffer.concat([hash('sha256', rpId, 'buffer'), flags, counter]);
}

/** CBOR: `{"fmt": "none", "attStmt": {}, "authData": data}`. */
function attestationObject(data: Buffer): Buffer {
  const head = Buffer.from('a363666d74646e6f6e656761747453746d74a06861757468446174615900', 'hex');
  return Buffer.concat([head, Buffer.of(data.length), data]);
}

function renderAnswer(id: Buffer, response: object): string {
  const encoded = id.toString('base64url');
  return JSON.stringify({ id: encoded, rawId: encoded, type: 'public-key', response });
}
