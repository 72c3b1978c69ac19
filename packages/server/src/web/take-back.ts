import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { takeBackApproval } from '../grants/take-back.ts';
import { type FormBinding, formToken, requireGenuineForm } from './csrf.ts';
import { doneUrl } from './done-token.ts';
import { parseForm } from './form.ts';
import type { Html } from './html.ts';
import { PageError } from './page-error.ts';
import type { SignedIn } from './session-cookie.ts';
import { seeOther, signInFirst, type Visit } from './visit.ts';

/** Renders the button “That wasn’t me”, which ends what the person has allowed. */
export function renderTakeBack(visit: Visit, signedIn: SignedIn, authorizationId: number): Html {
  const messages = visit.language.messages.takeBack;
  const id = String(authorizationId);
  return html`<form class="card" method="post" action="/take-back">
<input type="hidden" name="form_token" value="${formToken(visit.context, bindingOf(signedIn, id))}">
<input type="hidden" name="authorization" value="${id}">
<p>${messages.question}</p>
<div class="choices"><button class="secondary">${messages.submit}</button></div>
</form>`;
}

/** Ends what the person has allowed. The form is for this person and this authorization alone. */
export async function submitTakeBack({ request, context, signedIn }: Visit): Promise<WireResponse> {
  const fields = parseForm(request);
  if (signedIn === undefined) return signInFirst('/');
  const id = fields.get('authorization') ?? '';
  requireGenuineForm(request, context, fields, bindingOf(signedIn, id));
  const { session } = signedIn;
  const { origin } = request;
  const outcome = await takeBackApproval(context, Number(id), { session, origin });
  // A form of ours is for what this very person has allowed. The row may be gone by now.
  if (outcome === 'notTheirs') throw new PageError(404, ({ problems }) => problems.nothingToEnd);
  return seeOther(doneUrl(context, signedIn, { outcome: 'takenBack', authorizationId: Number(id) }));
}

function bindingOf({ token }: SignedIn, id: string): FormBinding {
  return { form: 'take-back', secret: token, question: id };
}
