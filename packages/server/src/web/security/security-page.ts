import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Factor, RecoveryCodes } from '../../factors/factor.ts';
import { removeFactor } from '../../factors/own-factors.ts';
import { findOwnPassword, type OwnPassword } from '../../people/own-password.ts';
import { parseForm, parseQuery } from '../form.ts';
import type { Html } from '../html.ts';
import { renderProblem } from '../notice.ts';
import { offersPasskeys } from '../passkey-form.ts';
import { renderPage, seeOther, signInFirst, type Visit } from '../visit.ts';
import { type ChangeVisit, changeToken, forChange, isGenuineChange } from './change-visit.ts';

const PATH = '/me/security';

/** Shows what a person signs in with. */
export async function GET(visit: Visit): Promise<WireResponse> {
  const { context, signedIn } = visit;
  if (signedIn === undefined) return signInFirst(PATH);
  const factors = await context.store.factors.listFactors(signedIn.session.user.id);
  return renderOverview({ ...visit, signedIn, factors });
}

/** Removes a factor. */
export function POST(visit: Visit): Promise<WireResponse> {
  const fields = parseForm(visit.request);
  return forChange(visit, PATH, async (changing) => {
    const { context, request, signedIn, language } = changing;
    const id = fields.get('remove') ?? '';
    if (!isGenuineChange(changing, fields, `remove ${id}`)) {
      return renderOverview(changing, language.messages.security.notGenuine);
    }
    await removeFactor(context, { session: signedIn.session, origin: request.origin }, id);
    return seeOther(PATH);
  });
}

async function renderOverview(visit: ChangeVisit, problem?: string): Promise<WireResponse> {
  const { context, language, signedIn, factors } = visit;
  const messages = language.messages.security;
  const { id: userId } = signedIn.session.user;
  const [codes, password] = await Promise.all([
    context.store.factors.countRecoveryCodes(userId),
    findOwnPassword(context, userId),
  ]);
  const ofKind = (kind: Factor['kind']) => factors.filter((factor) => factor.kind === kind);
  return renderPage(visit, {
    title: messages.title,
    ...(problem !== undefined && { status: 403 }),
    main: html`<h1>${messages.title}</h1>
<p class="lead">${messages.lead}</p>
${renderProblem(problem)}
${isChanged(visit) && html`<p class="message" role="status">${language.messages.password.changed}</p>`}
<h2>${messages.password}</h2>
${password && renderPassword(visit, password)}
<h2>${messages.passkeys}</h2>
<p>${messages.passkeysText}</p>
${renderFactors(visit, ofKind('passkey'))}
<p>${offersPasskeys(context) ? html`<a href="/me/security/passkey">${messages.addPasskey}</a>` : messages.noPasskeys}</p>
<h2>${messages.apps}</h2>
<p>${messages.appsText}</p>
${renderFactors(visit, ofKind('totp'))}
<p><a href="/me/security/totp">${messages.addApp}</a></p>
<h2>${messages.recoveryCodes}</h2>
${factors.length === 0 ? html`<p>${messages.recoveryNeedsFactor}</p>` : renderCodes(visit, codes)}
<p class="aside"><a href="/me">${language.messages.sessions.title}</a></p>
<p class="aside"><a href="/">${language.messages.sessions.back}</a></p>`,
  });
}

/** Whether the person comes here from a change of the password. */
function isChanged({ request }: Visit): boolean {
  return request.method === 'GET' && parseQuery(request).get('changed') === 'password';
}

function renderPassword({ language }: Visit, { isSet, owner }: OwnPassword): Html {
  const { security: messages, password } = language.messages;
  if (owner !== 'person') return html`<p>${password[owner]}</p>`;
  return html`${!isSet && html`<p>${messages.noPassword}</p>`}
<p><a href="/me/security/password">${isSet ? messages.changePassword : messages.setPassword}</a></p>`;
}

function renderFactors(visit: ChangeVisit, factors: readonly Factor[]): Html {
  const messages = visit.language.messages.security;
  if (factors.length === 0) return html`<p class="aside">${messages.none}</p>`;
  return html`<ul class="factors">
${factors.map((factor) => renderFactor(visit, factor))}
</ul>`;
}

function renderFactor(visit: ChangeVisit, { id, name, createdAtMs, lastUsedAtMs }: Factor): Html {
  const messages = visit.language.messages.security;
  const nowMs = visit.context.now();
  const used = lastUsedAtMs === null ? messages.neverUsed : messages.used(lastUsedAtMs, nowMs);
  return html`<li class="factor">
<div><strong dir="auto">${name}</strong>
<small>${messages.added(createdAtMs, nowMs)} · ${used}</small></div>
<form method="post" action="${PATH}">
<input type="hidden" name="form_token" value="${changeToken(visit, `remove ${id}`)}">
<button class="quiet" name="remove" value="${id}" aria-label="${messages.removeNamed(name)}">${messages.remove}</button>
</form>
</li>`;
}

function renderCodes({ context, language }: ChangeVisit, codes: RecoveryCodes | undefined): Html {
  const messages = language.messages.security;
  const hasSome = codes !== undefined && codes.left > 0;
  return html`${hasSome ? html`<p>${messages.recoveryText}</p><p>${messages.codesLeft(codes.left, codes.createdAtMs, context.now())}</p>` : html`<p class="caution">${messages.noCodes}</p>`}
<p><a href="/me/security/recovery-codes">${hasSome ? messages.makeNewCodes : messages.makeCodes}</a></p>`;
}
