import type { Context } from '../context.ts';
import type { Decision } from '../grants/answer.ts';
import { parseQuery } from './form.ts';
import type { SignedIn } from './session-cookie.ts';
import type { Visit } from './visit.ts';

const PURPOSE = 'web-done';

/** Seconds for which the page after an answer is shown, such as when it is reloaded. */
const SHOWN_SECONDS = 600;

/** What a person has just done. */
export type Outcome = Decision | 'takenBack';

const PATHS: Readonly<Record<Outcome, string>> = {
  allow: '/device/allowed',
  deny: '/device/denied',
  takenBack: '/taken-back',
};

/**
 * The URL of the page that says what a person has just done. It has a token, the time, the authorization and a MAC, so that the
 * page is shown only to the browser that did it, and never where nobody did.
 */
export function doneUrl(
  context: Context,
  { token }: SignedIn,
  { outcome, authorizationId }: { readonly outcome: Outcome; readonly authorizationId: number },
): string {
  const endsAt = Math.floor(context.now() / 1000 + SHOWN_SECONDS).toString(36);
  const id = authorizationId.toString(36);
  const mac = context.keys.mac(PURPOSE, token, outcome, `${endsAt} ${id}`).toString('base64url');
  return `${PATHS[outcome]}?done=${endsAt}.${id}.${mac}`;
}

/**
 * Finds the authorization whose outcome the page of this visit says.
 *
 * @returns `undefined` unless `doneUrl` made the URL for this sign-in session and outcome, not too long ago
 */
export function findDone({ request, context, signedIn }: Visit, outcome: Outcome): number | undefined {
  if (signedIn === undefined) return undefined;
  const done = parseQuery(request).get('done') ?? '';
  const [, endsAt = '', id = '', mac = ''] =
    /^([0-9a-z]{1,10})\.([0-9a-z]{1,11})\.([\w-]{43})$/.exec(done) ?? [];
  const isOurs = context.keys.verifyMac(
    Buffer.from(mac, 'base64url'),
    PURPOSE,
    signedIn.token,
    outcome,
    `${endsAt} ${id}`,
  );
  const isOver = Number.parseInt(endsAt, 36) <= context.now() / 1000;
  return isOurs && !isOver ? Number.parseInt(id, 36) : undefined;
}
