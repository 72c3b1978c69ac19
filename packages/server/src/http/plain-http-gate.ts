import type { Config } from '../config/config.ts';
import { type Warn, WarnOnce } from '../limits/warn-once.ts';
import type { ClientAddress } from './client-address.ts';
import { hasProxyHeader } from './proxy-headers.ts';
import type { Refusal } from './refusal.ts';

/**
 * Refuses plain HTTP where trusted proxies serve https: from other machines, because it crossed a network in the clear; and
 * from a proxy that is not trusted, because everybody behind it would have its address.
 */
export class PlainHttpGate {
  readonly #clientAddress: ClientAddress;
  readonly #warnings: WarnOnce;
  readonly #isProxied: boolean;
  readonly #isHttps: boolean;

  constructor(
    {
      baseUrl = '',
      tls,
      trustedProxies,
    }: Pick<Config, 'trustedProxies'> & Partial<Pick<Config, 'baseUrl'>> & { readonly tls?: object },
    clientAddress: ClientAddress,
    warn: Warn,
  ) {
    this.#clientAddress = clientAddress;
    this.#warnings = new WarnOnce(warn);
    this.#isProxied = tls === undefined && trustedProxies.length > 0;
    this.#isHttps = baseUrl.startsWith('https:');
  }

  /** @param peer - address of the socket's other end */
  findRefusal(peer: string, headers: Readonly<Record<string, unknown>>): Refusal | undefined {
    if (!this.#isProxied || this.#clientAddress.isTrusted(peer)) return undefined;
    if (!this.#clientAddress.isNear(peer)) {
      return this.#refuse(peer, 'plainHttp');
    }
    if (this.#isHttps && hasProxyHeader(headers)) {
      return this.#refuse(peer, 'unnamedProxy');
    }
    return undefined;
  }

  #refuse(peer: string, code: Refusal['code']): Refusal {
    this.#warnings.warn(peer, 'plain http was refused from an address that is not in trustedProxies', {
      address: peer,
    });
    return { status: 403, code };
  }
}
