import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { signOut } from '../people/sign-in.ts';
import { checkForm, type FormVerdict, formToken, isSameOrigin, sentByAnotherSite } from './csrf.ts';
import { parseForm } from './form.ts';
import { renderProblem } from './notice.ts';
import { renderPeopleAside } from './people-aside.ts';
import { endSessionCookies, findUsedSessions, type SignedIn } from './session-cookie.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

/** Asks whether to sign out, as following a link must not sign out; or says that nobody is signed in. */
export async function showSignOut(visit: Visit): Promise<WireResponse> {
  const { signedIn } = visit;
  const messages = visit.language.messages.signOut;
  if (signedIn !== undefined) return renderQuestion(visit, signedIn);
  return renderPage(visit, {
    title: messages.doneTitle,
    main: html`<h1>${messages.doneHeading}</h1>
<p>${messages.nobody}</p>
<p>${messages.programs}</p>
${await renderPeopleAside(visit, '/')}
<p><a href="/sign-in">${messages.signInAgain}</a></p>`,
  });
}

/**
 * Signs out whoever uses the browser, also of the sessions behind cookies with earlier names. People set aside stay signed in. A
 * form that is not genuine changes neither the sign-in session nor the browser's cookies.
 */
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
  const found = await findUsedSessions(request, context);
  await Promise.all(found.map(({ session }) => signOut(context, session, request.origin)));
  return seeOther('/sign-out', endSessionCookies(context, found));
}

function renderQuestion(
  visit: Visit,
  signedIn: SignedIn,
  refused?: Exclude<FormVerdict, 'genuine'>,
): Promise<WireResponse> {
  const messages = visit.language.messages.signOut;
  const name = html`<bdi>${signedIn.session.user.displayName}</bdi>`;
  const token = formToken(visit.context, { form: 'sign-out', secret: signedIn.token });
  return renderPage(visit, {
    title: messages.title,
    ...(refused !== undefined && { status: 403 }),
    main: html`<h1>${messages.heading}</h1>
${renderProblem(refused && (refused === 'otherSite' ? messages.otherSite : messages.outdated))}
<p>${messages.consequence(name)}</p>
<form method="post" action="/sign-out">
<input type="hidden" name="form_token" value="${token}">
<div class="choices"><button class="primary">${messages.submit}</button></div>
</form>
<p><a href="/">${messages.stay}</a></p>`,
  });
}
