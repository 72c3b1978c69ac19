import { isIP } from 'node:net';
import type { Config } from '../config/config.ts';

/** Latchkey as WebAuthn knows it: the host that passkeys belong to, and the origin that may use them. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** @returns `undefined` where the base URL has an IP address: browsers have no passkeys for those */
export function relyingPartyOf({ baseUrl }: Pick<Config, 'baseUrl'>): RelyingParty | undefined {
  const { hostname, origin } = new URL(baseUrl);
  const isAddress = hostname.startsWith('[') || isIP(hostname) !== 0;
  return isAddress ? undefined : { id: hostname, origin };
}
