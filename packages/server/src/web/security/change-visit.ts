import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Factor } from '../../factors/factor.ts';
import { mayChangeFactors } from '../../factors/recent-sign-in.ts';
import { checkForm, formToken } from '../csrf.ts';
import { type Fields, parseForm, parseQuery } from '../form.ts';
import type { Html } from '../html.ts';
import { plainText } from '../plain-text.ts';
import { parseReturnTo } from '../return-to.ts';
import type { SignedIn } from '../session-cookie.ts';
import { seeOther, signInFirst, type Visit } from '../visit.ts';

/** A visit of a person who may change how they sign in. */
export interface ChangeVisit extends Visit {
  readonly signedIn: SignedIn;
  /** What the person has. */
  readonly factors: readonly Factor[];
}

/** What a form changes; its token is good for that alone. */
export type Change = 'password' | 'totp' | 'passkey' | 'recovery-codes' | `remove ${string}`;

/**
 * Calls a handler for a person whose sign-in is recent. Anybody else signs in first, and comes back; what a form had is lost
 * then, as it is for whoever is not signed in.
 */
export async function forChange(
  visit: Visit,
  ownPath: string,
  handle: (visit: ChangeVisit) => Promise<WireResponse>,
): Promise<WireResponse> {
  const { context, signedIn } = visit;
  const returnTo = returnOf(visit);
  const path = returnTo === undefined ? ownPath : `${ownPath}?${new URLSearchParams({ to: returnTo })}`;
  if (signedIn === undefined) return signInFirst(path);
  const { session } = signedIn;
  const factors = await context.store.factors.listFactors(session.user.id);
  if (await mayChangeFactors(context, session, factors)) return handle({ ...visit, signedIn, factors });
  const query = new URLSearchParams({ to: path, user_name: session.user.userName });
  return seeOther(`/sign-in?${query}`);
}

/** Where a person goes on after a change, if something led them to it: path and query of one of our own pages. */
export function returnOf({ request }: Visit): string | undefined {
  const fields = request.method === 'POST' ? parseForm(request) : parseQuery(request);
  const given = fields.get('to');
  return given === undefined ? undefined : parseReturnTo(given);
}

/** The hidden field that keeps where to go on. */
export function renderReturn(visit: Visit): Html {
  const returnTo = returnOf(visit);
  return html`${returnTo !== undefined && html`<input type="hidden" name="to" value="${returnTo}">`}`;
}

export function changeToken({ context, signedIn }: ChangeVisit, change: Change): string {
  return formToken(context, { form: 'security', secret: signedIn.token, question: change });
}

export function isGenuineChange(
  { request, context, signedIn }: ChangeVisit,
  fields: Fields,
  change: Change,
): boolean {
  const binding = { form: 'security', secret: signedIn.token, question: change } as const;
  return checkForm(request, context, fields, binding) === 'genuine';
}

/** The name that a person gave a factor. @returns `undefined` where there is none, or it is too long */
export function parseName(fields: Fields): string | undefined {
  const name = plainText(fields.get('name') ?? '', 65);
  return name === '' || [...name].length > 64 ? undefined : name;
}
