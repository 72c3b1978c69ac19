import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Factor } from '../factors/factor.ts';
import { type FactorResult, type ShownFactor, showSecondFactor } from '../people/second-factor.ts';
import { checkForm, formToken } from './csrf.ts';
import { liveDeviceCookies } from './device-cookie.ts';
import { type Fields, parseForm, parseQuery } from './form.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import { renderProblem } from './notice.ts';
import { describeCredential, offersPasskeys, renderPasskeyForm } from './passkey-form.ts';
import { findPending, forgetPending } from './pending-cookie.ts';
import { parseReturnTo } from './return-to.ts';
import { findSessionCookies } from './session-cookie.ts';
import { beginCookies, sessionsOf } from './sign-in-cookies.ts';
import { renderPage, seeOther, signInFirst, type Visit } from './visit.ts';

type Pending = NonNullable<Awaited<ReturnType<typeof findPending>>>;

/** Asks a person whose password was right for the second factor. */
export async function showSecondFactorPage(visit: Visit): Promise<WireResponse> {
  const fields = parseQuery(visit.request);
  const returnTo = parseReturnTo(fields.get('to'));
  const found = await findPending(visit.request, visit.context);
  if (found === undefined) return signInFirst(returnTo);
  const byRecoveryCode = fields.get('with') === 'recovery-code';
  return renderForms(visit, found, { returnTo, byRecoveryCode });
}

/** Checks the second factor, and signs the person in. */
export async function submitSecondFactor(visit: Visit): Promise<WireResponse> {
  const { request, context, language } = visit;
  const fields = parseForm(request);
  const returnTo = parseReturnTo(fields.get('to'));
  const found = await findPending(request, context);
  if (found === undefined) return signInFirst(returnTo);
  const messages = language.messages.secondFactor;
  const byRecoveryCode = fields.has('recovery_code');
  const again = { returnTo, byRecoveryCode };

  const binding = { form: 'second-factor', secret: found.pending.value } as const;
  const verdict = checkForm(request, context, fields, binding);
  if (verdict !== 'genuine') {
    const problem = verdict === 'otherSite' ? messages.otherSite : messages.outdated;
    return renderForms(visit, found, { ...again, problem, status: 403 });
  }
  const shown = parseShown(fields);
  if (shown === undefined) {
    return renderForms(visit, found, { ...again, problem: messages.missing, status: 400 });
  }
  const sessions = await findSessionCookies(request, context);
  const earlier = sessionsOf(sessions);
  const { origin } = request;
  const result = await showSecondFactor(context, {
    ...{ ...found, shown, origin, earlier },
    deviceCookies: liveDeviceCookies(request, context),
  });
  if (result.kind === 'signedIn') {
    return seeOther(returnTo, [...beginCookies(visit, result, sessions), forgetPending(context)]);
  }
  return renderForms(visit, found, { ...again, ...describeFailure(result, shown, messages) });
}

function parseShown(fields: Fields): ShownFactor | undefined {
  const kinds = { passkey: 'passkey', recovery_code: 'recoveryCode', code: 'totp' } as const;
  for (const [name, kind] of Object.entries(kinds)) {
    const text = fields.get(name)?.trim() ?? '';
    if (text !== '') return { kind, text };
  }
  return undefined;
}

function describeFailure(
  result: Exclude<FactorResult, { kind: 'signedIn' }>,
  shown: ShownFactor,
  messages: Messages['secondFactor'],
): Pick<Shown, 'problem' | 'status' | 'retryAfterSeconds'> {
  if (result.kind === 'limited') {
    const { retryAfterSeconds } = result;
    return { problem: messages.limited(retryAfterSeconds), status: 429, retryAfterSeconds };
  }
  const { wrongCode: totp, wrongRecoveryCode: recoveryCode, wrongPasskey: passkey } = messages;
  return { problem: { totp, recoveryCode, passkey }[shown.kind], status: 403 };
}

interface Shown {
  readonly returnTo: string;
  readonly byRecoveryCode: boolean;
  readonly problem?: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

async function renderForms(
  visit: Visit,
  { pending, user }: Pending,
  { returnTo, byRecoveryCode, problem, ...page }: Shown,
): Promise<WireResponse> {
  const { context, language } = visit;
  const messages = language.messages.secondFactor;
  const factors = await context.store.factors.listFactors(user.id);
  const here = `/sign-in/factor?to=${encodeURIComponent(returnTo)}`;
  const binding = { form: 'second-factor', secret: pending.value } as const;
  const hidden = html`<input type="hidden" name="form_token" value="${formToken(context, binding)}">
<input type="hidden" name="to" value="${returnTo}">`;
  const passkeys = offersPasskeys(context) ? factors.filter(({ kind }) => kind === 'passkey') : [];
  const usesPasskeys = passkeys.length > 0 && !byRecoveryCode;
  const field = { hidden, messages, isWrong: page.status === 403 };
  return renderPage(visit, {
    ...page,
    usesPasskeys,
    title: messages.title,
    main: html`<h1>${messages.title}</h1>
<p class="lead">${messages.lead(html`<bdi>${user.displayName}</bdi>`)}</p>
${renderProblem(problem)}
${byRecoveryCode && renderRecoveryForm(field)}
${usesPasskeys && renderPasskey(visit, { passkeys, hidden, secret: pending.value })}
${!byRecoveryCode && factors.some(({ kind }) => kind === 'totp') && renderCodeForm(field)}
<p><a href="${byRecoveryCode ? here : `${here}&with=recovery-code`}">${byRecoveryCode ? messages.useOther : messages.useRecoveryCode}</a></p>
<p><a href="/sign-in?to=${encodeURIComponent(returnTo)}">${messages.startAgain}</a></p>`,
  });
}

function renderPasskey(
  visit: Visit,
  parts: { readonly passkeys: readonly Factor[]; readonly hidden: Html; readonly secret: string },
): Html {
  const { passkeyForm, secondFactor } = visit.language.messages;
  const allowCredentials = parts.passkeys.flatMap((each) =>
    each.kind === 'passkey' ? [describeCredential(each)] : [],
  );
  return html`${renderPasskeyForm(visit, {
    action: '/sign-in/factor',
    hidden: parts.hidden,
    binding: { purpose: 'second-factor', secret: parts.secret },
    options: { userVerification: 'preferred', allowCredentials },
    button: html`<button class="primary">${passkeyForm.use}</button>`,
  })}
<p class="caution" data-without-passkeys>${secondFactor.needsScript}</p>`;
}

interface Field {
  readonly hidden: Html;
  readonly messages: Messages['secondFactor'];
  readonly isWrong: boolean;
}

function renderCodeForm({ hidden, messages, isWrong }: Field): Html {
  return html`<form class="card" method="post" action="/sign-in/factor">
${hidden}
<label for="code">${messages.code}</label>
<input class="code-input" id="code" name="code" required autofocus inputmode="numeric" autocomplete="one-time-code" maxlength="16" aria-describedby="${isWrong && 'problem '}code-hint"${isWrong && html` aria-invalid="true"`}>
<p class="hint" id="code-hint">${messages.codeHint}</p>
<button class="primary">${messages.submit}</button>
</form>`;
}

function renderRecoveryForm({ hidden, messages, isWrong }: Field): Html {
  return html`<form class="card" method="post" action="/sign-in/factor">
${hidden}
<label for="recovery_code">${messages.recoveryCode}</label>
<input id="recovery_code" name="recovery_code" required autofocus maxlength="64" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" aria-describedby="${isWrong && 'problem '}recovery-hint"${isWrong && html` aria-invalid="true"`}>
<p class="hint" id="recovery-hint">${messages.recoveryHint}</p>
<button class="primary">${messages.submit}</button>
</form>`;
}
