import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { randomBytes } from '../keys/random.ts';
import { type DeviceCookie, readDeviceCookie } from '../people/device-cookie.ts';
import { cookieName, readCookies, renderCookie } from './cookies.ts';

/** The most device cookies that a browser keeps, one for each person who signed in there; those that end first are removed. */
const MAX_DEVICE_COOKIES = 8;
/** The most device cookies of a request that are looked at. */
const MAX_READ = 16;

interface FoundDeviceCookie {
  readonly name: string;
  /** `undefined` where it has expired, or is none of this instance. */
  readonly cookie: DeviceCookie | undefined;
}

/** Finds the browser's device cookies. Each is in a cookie of its own, so that two sign-ins at once lose none. */
export function findDeviceCookies(request: IncomingRequest, context: Context): readonly FoundDeviceCookie[] {
  const prefix = `${cookieName(context, 'device')}_`;
  return [...readCookies(request)]
    .filter(([name]) => name.startsWith(prefix))
    .slice(0, MAX_READ)
    .map(([name, value]) => ({ name, cookie: readDeviceCookie(context, value) }));
}

/** The device cookies of the browser that count. */
export function liveDeviceCookies(request: IncomingRequest, context: Context): readonly DeviceCookie[] {
  return findDeviceCookies(request, context).flatMap(({ cookie }) => cookie ?? []);
}

/**
 * `Set-Cookie` headers that keep the device cookie of somebody who has just signed in. It takes the place of the one that the
 * same person had; what is no device cookie any more goes, and so do those that end first where there are too many.
 */
export function keepDeviceCookie(
  context: Context,
  issued: DeviceCookie & { readonly value: string },
  found: readonly FoundDeviceCookie[],
): readonly string[] {
  const others = found
    .filter(({ cookie }) => cookie !== undefined && cookie.userId !== issued.userId)
    .sort((one, other) => (other.cookie?.expiresAtMs ?? 0) - (one.cookie?.expiresAtMs ?? 0))
    .slice(0, MAX_DEVICE_COOKIES - 1);
  const kept = new Set(others.map(({ name }) => name));
  const replaced = found.filter(({ name }) => !kept.has(name));
  const name = replaced[0]?.name ?? `${cookieName(context, 'device')}_${randomBytes(4).toString('hex')}`;
  return [
    renderCookie(context, {
      name,
      value: issued.value,
      maxAgeSeconds: Math.floor((issued.expiresAtMs - context.now()) / 1000),
    }),
    ...replaced
      .slice(1)
      .map((gone) => renderCookie(context, { name: gone.name, value: '', maxAgeSeconds: 0 })),
  ];
}
