import type { Context } from '../context.ts';
import type { Decision } from '../grants/answer.ts';
import { type Fields, parseQuery } from './form.ts';
import type { SignedIn } from './session-cookie.ts';
import type { Visit } from './visit.ts';

const PURPOSE = 'web-done';

/** Seconds for which the page after an answer is shown, such as when it is reloaded. */
const SHOWN_SECONDS = 600;

const PATHS: Readonly<Record<Decision, string>> = { allow: '/device/allowed', deny: '/device/denied' };

/**
 * The URL of the page that says how a device request was answered. It has a token, the time and a MAC, so that the page is
 * shown only to the browser that answered, and never where nobody did.
 */
export function doneUrl(context: Context, { token }: SignedIn, decision: Decision): string {
  const endsAt = Math.floor(context.now() / 1000 + SHOWN_SECONDS).toString(36);
  const mac = context.keys.mac(PURPOSE, token, decision, endsAt).toString('base64url');
  return `${PATHS[decision]}?done=${endsAt}.${mac}`;
}

/** Whether `doneUrl` made the URL of this visit for this sign-in session and decision, not too long ago. */
export function isDone({ request, context, signedIn }: Visit, decision: Decision): boolean {
  if (signedIn === undefined) return false;
  const [endsAt, mac] = splitToken(parseQuery(request));
  return (
    context.keys.verifyMac(Buffer.from(mac, 'base64url'), PURPOSE, signedIn.token, decision, endsAt) &&
    Number.parseInt(endsAt, 36) > context.now() / 1000
  );
}

function splitToken(fields: Fields): readonly [endsAt: string, mac: string] {
  const [, endsAt = '', mac = ''] = /^([0-9a-z]{1,10})\.([\w-]{43})$/.exec(fields.get('done') ?? '') ?? [];
  return [endsAt, mac];
}
