import { isIP, isIPv6 } from 'node:net';
import { plainAddress } from './plain-address.ts';

/** What may follow an address: a port, or the `_` and name that stand for one (RFC 7239 section 6). */
const port = String.raw`:(?:(?<number>\d{1,5})|_[\w.-]+)`;
const bracketed = new RegExp(String.raw`^\[(?<address>[^\]]+)\](?:${port})?$`);
const withPort = new RegExp(`^(?<address>.+)${port}$`);

/**
 * Reads one entry of `X-Forwarded-For`: an IP address as proxies write it, with or without a port, brackets, a zone, and
 * quotes: `192.0.2.1`, `192.0.2.1:5678`, `2001:db8::1`, `[2001:db8::1]:443`, `::ffff:192.0.2.1`.
 *
 * @returns the address in its plain form; `undefined` for anything else, such as `unknown` and `_hidden` (RFC 7239 section 6)
 */
export function parseForwardedAddress(entry: string): string | undefined {
  const text = /^\s*"(.*)"\s*$/.exec(entry)?.[1] ?? entry.trim();
  if (isIP(text) !== 0) return plainAddress(text);
  const parts = (bracketed.exec(text) ?? withPort.exec(text))?.groups ?? {};
  const { address = '', number = '0' } = parts;
  const isAddress = text.startsWith('[') ? isIPv6(address) : isIP(address) !== 0;
  return isAddress && Number(number) <= 65_535 ? plainAddress(address) : undefined;
}
