import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { randomBytes } from '../keys/random.ts';
import { signIn } from '../people/sign-in.ts';
import { readCookie, renderCookie } from './cookies.ts';
import { formToken, isGenuineForm } from './csrf.ts';
import { parseForm, parseQuery } from './form.ts';
import type { Html } from './html.ts';
import { renderProblem } from './notice.ts';
import { parseReturnTo } from './return-to.ts';
import { describeDuration } from './time.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

export function showSignIn(visit: Visit): Promise<WireResponse> {
  return renderSignIn(visit, { returnTo: parseReturnTo(parseQuery(visit.request).get('to')) });
}

/** Signs in, always into a new session: one that the browser brought along is never continued. */
export async function submitSignIn(visit: Visit): Promise<WireResponse> {
  const { request, context } = visit;
  const fields = parseForm(request);
  const returnTo = parseReturnTo(fields.get('to'));
  const userName = (fields.get('user_name') ?? '').trim();
  const password = fields.get('password') ?? '';

  const secret = findFormSecret(visit);
  if (secret === undefined || !isGenuineForm(request, context, fields, { form: 'sign-in', secret })) {
    const problem =
      'This page was out of date, so nothing was sent on. Please sign in again; your browser must allow cookies.';
    return renderSignIn(visit, { returnTo, userName, problem, status: 403 });
  }
  if (userName === '' || password === '') {
    return renderSignIn(visit, {
      returnTo,
      userName,
      problem: 'Enter your user name and your password.',
      status: 400,
    });
  }

  const result = await signIn(context, { userName, password, origin: request.origin });
  switch (result.kind) {
    case 'signedIn': {
      const maxAgeSeconds = Math.floor((result.session.expiresAtMs - context.now()) / 1000);
      return seeOther(returnTo, [
        renderCookie(context.config, { kind: 'session', value: result.token, maxAgeSeconds }),
        renderCookie(context.config, { kind: 'form', value: '', maxAgeSeconds: 0 }),
      ]);
    }
    case 'refused': {
      const problem = 'The user name or the password is wrong. Check both and try again.';
      return renderSignIn(visit, { returnTo, userName, problem, status: 403 });
    }
    case 'limited': {
      const { retryAfterSeconds } = result;
      const problem = `There were too many tries. Wait ${describeDuration(retryAfterSeconds)}, then try again.`;
      return renderSignIn(visit, { returnTo, userName, problem, status: 429, retryAfterSeconds });
    }
  }
}

interface SignInForm {
  readonly returnTo: string;
  readonly userName?: string;
  readonly problem?: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

function renderSignIn(
  visit: Visit,
  { returnTo, userName = '', problem, ...page }: SignInForm,
): Promise<WireResponse> {
  const { context, signedIn } = visit;
  const known = findFormSecret(visit);
  const secret = known ?? randomBytes(16).toString('base64url');
  const describedBy = problem !== undefined && html` aria-describedby="problem"`;
  const invalid = problem !== undefined && page.retryAfterSeconds === undefined && html` aria-invalid="true"`;
  const focus = html` autofocus`;
  return renderPage(visit, {
    ...page,
    ...(known === undefined && { cookies: [renderCookie(context.config, { kind: 'form', value: secret })] }),
    title: 'Sign in',
    main: html`<h1>Sign in</h1>
<p class="lead">${purposeOf(returnTo)}</p>
${signedIn && whoIsSignedIn(signedIn.session.user.displayName, returnTo)}
<form class="card" method="post" action="/sign-in">
${renderProblem(problem)}
<input type="hidden" name="form_token" value="${formToken(context, { form: 'sign-in', secret })}">
<input type="hidden" name="to" value="${returnTo}">
<label for="user_name">User name</label>
<input id="user_name" name="user_name" value="${userName}" required maxlength="128" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"${describedBy}${invalid}${userName === '' && focus}>
<label for="password">Password</label>
<input id="password" name="password" type="password" required autocomplete="current-password"${describedBy}${invalid}${userName !== '' && focus}>
<button class="primary">Sign in</button>
</form>`,
  });
}

function purposeOf(returnTo: string): string {
  if (returnTo.startsWith('/device')) return 'First sign in, then you will be asked about your device.';
  if (returnTo.startsWith('/authorize')) return 'First sign in, then you will be asked about the program.';
  return 'To see your AWS accounts and use your roles in them.';
}

function whoIsSignedIn(displayName: string, returnTo: string): Html {
  return html`<p>You are signed in as <strong><bdi>${displayName}</bdi></strong>.
<a href="${returnTo}">Go on as <bdi>${displayName}</bdi></a>, or sign in as someone else:</p>`;
}

/** The form cookie, if it is one that we could have set. */
function findFormSecret({ context, request }: Visit): string | undefined {
  const value = readCookie(context.config, request, 'form');
  return value !== undefined && /^[\w-]{22}$/.test(value) ? value : undefined;
}
