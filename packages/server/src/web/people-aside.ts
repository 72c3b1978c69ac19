import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { signOut } from '../people/sign-in.ts';
import { type FormBinding, formToken, isSameOrigin, requireGenuineForm, sentByAnotherSite } from './csrf.ts';
import { parseForm } from './form.ts';
import type { Html } from './html.ts';
import { PageError } from './page-error.ts';
import { parseReturnTo } from './return-to.ts';
import {
  endAsideCookie,
  findPeopleAside,
  findUsedSessions,
  type SignedIn,
  switchSessionCookies,
} from './session-cookie.ts';
import { seeOther, type Visit } from './visit.ts';

/**
 * Renders the people who are signed in to the browser beside whoever uses it, each with the buttons to go on as them and to sign
 * them out. @returns nothing where there are none
 *
 * @param returnTo - where to go on: path and query of one of our own pages
 */
export async function renderPeopleAside(visit: Visit, returnTo: string): Promise<Html> {
  const people = await findPeopleAside(visit.request, visit.context);
  if (people.length === 0) return html``;
  const messages = visit.language.messages.people;
  return html`<h2>${messages.heading}</h2>
<ul class="people">${people.map((person) => html`<li>${renderPerson(visit, person, returnTo)}</li>`)}</ul>`;
}

/** Goes on as a person who was set aside, or signs that person out. Neither happens without their form. */
export async function submitPeople(visit: Visit): Promise<WireResponse> {
  const { request, context } = visit;
  const fields = parseForm(request);
  const returnTo = parseReturnTo(fields.get('to'));
  const signInPath = `/sign-in?to=${encodeURIComponent(returnTo)}`;
  const people = await findPeopleAside(request, context);
  const chosen = people.find((person) => refOf(person) === fields.get('person'));
  if (chosen === undefined) {
    // The person was signed out meanwhile, or another site sent the form, without the cookies.
    if (!isSameOrigin(request, context)) throw sentByAnotherSite();
    return seeOther(signInPath);
  }
  requireGenuineForm(request, context, fields, bindingOf(chosen));
  switch (fields.get('action')) {
    case 'go-on': {
      const used = await findUsedSessions(request, context);
      return seeOther(returnTo, switchSessionCookies(context, chosen, used));
    }
    case 'sign-out':
      await signOut(context, chosen.session, request.origin);
      return seeOther(signInPath, [endAsideCookie(context, chosen)]);
    default:
      throw new PageError(400, ({ problems }) => problems.noAction);
  }
}

function renderPerson(visit: Visit, person: SignedIn, returnTo: string): Html {
  const messages = visit.language.messages.people;
  const { displayName, userName } = person.session.user;
  const name = html`<bdi>${displayName}</bdi>`;
  return html`<form class="card" method="post" action="/people">
<input type="hidden" name="form_token" value="${formToken(visit.context, bindingOf(person))}">
<input type="hidden" name="person" value="${refOf(person)}">
<input type="hidden" name="to" value="${returnTo}">
<p>${name} (<bdi>${userName}</bdi>)</p>
<div class="choices">
<button class="primary" name="action" value="go-on">${messages.goOn(name)}</button>
<button class="secondary" name="action" value="sign-out">${messages.signOut(name)}</button>
</div>
</form>`;
}

/** The person's own session token, which no other site knows, makes the form theirs. */
function bindingOf({ token }: SignedIn): FormBinding {
  return { form: 'people', secret: token };
}

/** Names a person in a form: the end of the cookie's name. */
function refOf({ cookieName }: SignedIn): string {
  return cookieName.slice(-8);
}
