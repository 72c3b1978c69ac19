import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { signOut } from '../people/sign-in.ts';
import { checkForm, type FormVerdict, formToken, isSameOrigin, sentByAnotherSite } from './csrf.ts';
import { parseForm } from './form.ts';
import { renderProblem } from './notice.ts';
import { endSessionCookies, findSessionCookies, type SignedIn } from './session-cookie.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

/** Asks whether to sign out, as following a link must not sign out; or says that nobody is signed in. */
export function showSignOut(visit: Visit): Promise<WireResponse> {
  const { signedIn } = visit;
  if (signedIn !== undefined) return renderQuestion(visit, signedIn);
  return renderPage(visit, {
    title: 'Signed out',
    main: html`<h1>You are signed out</h1>
<p>Nobody is signed in here in this browser.</p>
<p>If you pressed “Sign out”, the programs that you allowed in that session are signed out too. If the session ran out by
itself, they are not.</p>
<p><a href="/sign-in">Sign in again</a></p>`,
  });
}

/** Signs out of every session of the browser, those behind cookies with earlier names too. A form that is not genuine changes neither the sign-in session nor the browser's cookies. */
export async function submitSignOut(visit: Visit): Promise<WireResponse> {
  const { request, context, signedIn } = visit;
  const fields = parseForm(request);
  if (signedIn === undefined) {
    // Browsers leave the cookie out of a form of another site (SameSite=Lax), so somebody may be signed in all the same.
    if (!isSameOrigin(request, context)) throw sentByAnotherSite();
    return seeOther('/sign-out');
  }
  const verdict = checkForm(request, context, fields, { form: 'sign-out', secret: signedIn.token });
  if (verdict !== 'genuine') return renderQuestion(visit, signedIn, verdict);
  const found = await findSessionCookies(request, context);
  await Promise.all(found.map(({ session }) => signOut(context, session, request.origin)));
  return seeOther('/sign-out', endSessionCookies(context, found));
}

function renderQuestion(
  visit: Visit,
  signedIn: SignedIn,
  refused?: Exclude<FormVerdict, 'genuine'>,
): Promise<WireResponse> {
  const token = formToken(visit.context, { form: 'sign-out', secret: signedIn.token });
  return renderPage(visit, {
    title: 'Sign out',
    ...(refused !== undefined && { status: 403 }),
    main: html`<h1>Sign out?</h1>
${renderProblem(refused && REFUSED_FORMS[refused])}
<p>You are signed in as <bdi>${signedIn.session.user.displayName}</bdi>. Programs that you allowed in this session will be
signed out too.</p>
<form method="post" action="/sign-out">
<input type="hidden" name="form_token" value="${token}">
<div class="choices"><button class="primary">Sign out</button></div>
</form>
<p><a href="/">Stay signed in</a></p>`,
  });
}

const OUTDATED = 'That page was from before you last signed in. You are still signed in.';
const REFUSED_FORMS: Readonly<Record<Exclude<FormVerdict, 'genuine'>, string>> = {
  otherSite: 'Another site tried to sign you out. You are still signed in.',
  tooOld: OUTDATED,
  unknown: OUTDATED,
};
