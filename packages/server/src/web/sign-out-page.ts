import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { signOut } from '../people/sign-in.ts';
import { renderCookie } from './cookies.ts';
import { formToken, requireGenuineForm } from './csrf.ts';
import { parseForm } from './form.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

/** Asks before signing out, because following a link must not; says so when it is done. */
export function showSignOut(visit: Visit): Promise<WireResponse> {
  const { context, signedIn } = visit;
  if (signedIn === undefined) {
    return renderPage(visit, {
      title: 'Signed out',
      main: html`<h1>You are signed out</h1>
<p>Programs that you allowed in that session are signed out too.</p>
<p><a href="/sign-in">Sign in again</a></p>`,
    });
  }
  const token = formToken(context, { form: 'sign-out', secret: signedIn.token });
  return renderPage(visit, {
    title: 'Sign out',
    main: html`<h1>Sign out?</h1>
<p>Programs that you allowed in this session will be signed out too.</p>
<form method="post" action="/sign-out">
<input type="hidden" name="form_token" value="${token}">
<div class="choices"><button class="primary">Sign out</button></div>
</form>
<p><a href="/">Stay signed in</a></p>`,
  });
}

export async function submitSignOut({ request, context, signedIn }: Visit): Promise<WireResponse> {
  if (signedIn !== undefined) {
    const fields = parseForm(request);
    requireGenuineForm(request, context, fields, { form: 'sign-out', secret: signedIn.token });
    await signOut(context, signedIn.session, request.origin);
  }
  return seeOther('/sign-out', [
    renderCookie(context.config, { kind: 'session', value: '', maxAgeSeconds: 0 }),
  ]);
}
