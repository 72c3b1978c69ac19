import { presignSigV4, signSigV4, type WireRequest } from '@latchkey/wire';
import { type Answer, portal, send, signIn } from '../../http/testing/api.ts';
import type { Latchkey } from '../../testing-kit/mod.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Signing {
  readonly keys?: Keys;
  readonly service?: string;
  readonly region?: string;
  readonly nowMs?: number;
}

export const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';

/** Signs a user in, and gets the credentials of a role in the first account that the user has. */
export async function roleCredentials(from: Latchkey, userName: string): Promise<Keys> {
  const { accessToken } = await signIn(from, { userName });
  const accounts = await portal(from, '/assignment/accounts', accessToken);
  const [{ accountId }] = Object(accounts.members['accountList']);
  const path = `/federation/credentials?account_id=${accountId}&role_name=Developer`;
  return Object((await portal(from, path, accessToken)).members['roleCredentials']);
}

/** Somebody with role credentials, who calls STS of one instance. */
export class Caller {
  readonly #latchkey: Latchkey;
  readonly keys: Keys;

  constructor(latchkey: Latchkey, keys: Keys) {
    this.#latchkey = latchkey;
    this.keys = keys;
  }

  /** A request for the caller's identity, as clients make it before they sign it. */
  request(change: Partial<WireRequest> = {}): WireRequest {
    return {
      method: 'POST',
      path: '/',
      query: '',
      headers: {
        host: new URL(this.#latchkey.url).host,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: Buffer.from(BODY),
      ...change,
    };
  }

  /** The same as a GET, as it is presigned, with other headers than `host` to sign. */
  get(headers: WireRequest['headers'] = {}): WireRequest {
    const { host } = this.request().headers;
    return this.request({
      method: 'GET',
      query: BODY,
      headers: { host, ...headers },
      body: new Uint8Array(),
    });
  }

  sign(unsigned: WireRequest = this.request(), signing: Signing = {}): Promise<WireRequest> {
    return signSigV4(unsigned, this.#options(signing));
  }

  presign(
    expiresSeconds: number,
    { unsigned = this.get(), ...signing }: Signing & { readonly unsigned?: WireRequest } = {},
  ): Promise<WireRequest> {
    return presignSigV4(unsigned, { ...this.#options(signing), expiresSeconds });
  }

  deliver({ method, path, query, headers, body }: WireRequest): Promise<Answer> {
    const { host: _, ...rest } = headers;
    const present = Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return send(this.#latchkey, path + (query === '' ? '' : `?${query}`), {
      method,
      headers: Object.fromEntries(present),
      ...(method === 'POST' && { body: Buffer.from(body) }),
    });
  }

  #options({ keys, service = 'sts', region = 'us-east-1', nowMs }: Signing) {
    const credentials = keys ?? this.keys;
    return { credentials, service, region, nowMs: nowMs ?? this.#latchkey.clock.now() };
  }
}
