import type { Context } from '../context.ts';
import { parseUserCode } from '../grants/user-code.ts';

const PURPOSE = 'device-page';

/**
 * Seals a user code (AES-256-GCM, nonce and key id included), so that a URL or a hidden field can say which request a page is
 * about without showing the code.
 *
 * @param userCode - `XXXX-XXXX`
 */
export function sealUserCode({ keys }: Context, userCode: string): string {
  return keys.seal(PURPOSE, Buffer.from(userCode)).toString('base64url');
}

/** @returns the user code, `XXXX-XXXX`; `undefined` when this instance did not seal it */
export function unsealUserCode({ keys }: Context, reference: string): string | undefined {
  return keys.unseal(PURPOSE, Buffer.from(reference, 'base64url'))?.toString();
}

/**
 * The URL of the device page, with a user code sealed. Text that is no user code stays as it is, for the person to correct.
 *
 * @param typed - what came as a user code, if anything did
 */
export function deviceUrl(context: Context, typed = ''): string {
  if (typed === '') return '/device';
  const parsed = parseUserCode(typed);
  return parsed.kind === 'userCode'
    ? `/device?request=${sealUserCode(context, parsed.userCode)}`
    : `/device?user_code=${encodeURIComponent(typed)}`;
}
