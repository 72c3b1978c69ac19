import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { issueChallenge } from '../../factors/challenge.ts';
import { addPasskey, MOST_FACTORS } from '../../factors/own-factors.ts';
import { PASSKEY_ALGORITHMS } from '../../factors/passkeys.ts';
import { relyingPartyOf } from '../../factors/relying-party.ts';
import { parseForm } from '../form.ts';
import { renderProblem } from '../notice.ts';
import { describeCredential } from '../passkey-form.ts';
import { renderPage, type Visit } from '../visit.ts';
import {
  type ChangeVisit,
  changeToken,
  forChange,
  isGenuineChange,
  parseName,
  renderReturn,
} from './change-visit.ts';
import { goOnWith } from './go-on-with.ts';

const PATH = '/me/security/passkey';

/** Asks for the name of a passkey, which the browser then makes. */
export function GET(visit: Visit): Promise<WireResponse> {
  return forChange(visit, PATH, (changing) => renderRegistration(changing));
}

/** Adds the passkey that the browser has made. */
export function POST(visit: Visit): Promise<WireResponse> {
  const fields = parseForm(visit.request);
  return forChange(visit, PATH, async (changing) => {
    const { context, request, signedIn, language } = changing;
    const messages = language.messages.security;
    if (!isGenuineChange(changing, fields, 'passkey')) {
      return renderRegistration(changing, { problem: messages.notGenuine, status: 403 });
    }
    const name = parseName(fields);
    if (name === undefined) {
      return renderRegistration(changing, { problem: messages.nameMissing, status: 400 });
    }
    const owner = { session: signedIn.session, origin: request.origin };
    const given = { secret: signedIn.token, json: fields.get('passkey') ?? '', name };
    switch (await addPasskey(context, owner, given)) {
      case 'added':
        return goOnWith(changing, 'passkey');
      case 'refused':
        return renderRegistration(changing, { name, problem: messages.passkeyRefused, status: 403 });
      case 'taken':
        return renderRegistration(changing, { name, problem: messages.passkeyTaken, status: 409 });
      case 'tooMany':
        return renderRegistration(changing, { name, problem: messages.tooMany(MOST_FACTORS), status: 409 });
    }
  });
}

function renderRegistration(
  visit: ChangeVisit,
  before: { readonly name?: string; readonly problem?: string; readonly status?: number } = {},
): Promise<WireResponse> {
  const messages = visit.language.messages.security;
  const { problem, name = messages.passkeyName, status } = before;
  const hasPasskeys = relyingPartyOf(visit.context.config) !== undefined;
  return renderPage(visit, {
    title: messages.passkeyTitle,
    usesPasskeys: hasPasskeys,
    ...(status !== undefined && { status }),
    main: html`<h1>${messages.passkeyTitle}</h1>
<p>${hasPasskeys ? messages.passkeyText : messages.noPasskeys}</p>
${
  hasPasskeys &&
  html`<form class="card" method="post" action="${PATH}" data-passkey="create" data-options="${describeRegistration(visit)}" hidden>
${renderProblem(problem)}
<p class="problem" role="alert" data-problem hidden>${messages.passkeyFailed}</p>
<input type="hidden" name="form_token" value="${changeToken(visit, 'passkey')}">
${renderReturn(visit)}
<input type="hidden" name="passkey">
<label for="name">${messages.name}</label>
<input id="name" name="name" value="${name}" required maxlength="64" dir="auto" aria-describedby="name-hint">
<p class="hint" id="name-hint">${messages.nameHint}</p>
<button class="primary">${messages.passkeySubmit}</button>
</form>
<p class="caution" data-without-passkeys>${messages.passkeyNeedsScript}</p>`
}
<p><a href="/me/security">${messages.back}</a></p>`,
  });
}

/**
 * The `PublicKeyCredentialCreationOptions` of a new passkey, in JSON. One that names its user by itself is preferred, as it can be the
 * only factor; a security key without room for it makes one that is a second factor.
 */
function describeRegistration({ context, signedIn, factors }: ChangeVisit): string {
  const { user } = signedIn.session;
  const id = Buffer.from(user.id).toString('base64url');
  return JSON.stringify({
    rp: { id: relyingPartyOf(context.config)?.id, name: context.brand.name },
    user: { id, name: user.userName, displayName: user.displayName },
    challenge: issueChallenge(context, { purpose: 'registration', secret: signedIn.token }),
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: factors.flatMap((factor) =>
      factor.kind === 'passkey' ? [describeCredential(factor)] : [],
    ),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    attestation: 'none',
  });
}
