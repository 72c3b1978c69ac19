import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { type ChallengeBinding, issueChallenge } from '../factors/challenge.ts';
import type { PasskeyFactor } from '../factors/factor.ts';
import { relyingPartyOf } from '../factors/relying-party.ts';
import { formToken } from './csrf.ts';
import type { Html } from './html.ts';
import type { Visit } from './visit.ts';

/** Whether the instance has a name that passkeys can belong to. */
export function offersPasskeys({ config }: Context): boolean {
  return relyingPartyOf(config) !== undefined;
}

/** A credential as WebAuthn's JSON has it. */
export function describeCredential({ credentialId, transports }: PasskeyFactor): object {
  const id = Buffer.from(credentialId).toString('base64url');
  return { type: 'public-key', id, ...(transports !== '' && { transports: transports.split(' ') }) };
}

/**
 * Renders the form that signs in with a passkey alone, any that the browser has. The browser also offers them in the field for the
 * user name.
 */
export function renderSignInPasskey(
  visit: Visit,
  { secret, returnTo }: { readonly secret: string; readonly returnTo: string },
): Html {
  const { context, language } = visit;
  return renderPasskeyForm(visit, {
    action: '/sign-in',
    hidden: html`<input type="hidden" name="form_token" value="${formToken(context, { form: 'sign-in', secret })}">
<input type="hidden" name="to" value="${returnTo}">`,
    binding: { purpose: 'sign-in', secret },
    options: { userVerification: 'required' },
    isConditional: true,
    button: html`<button class="secondary">${language.messages.passkeyForm.signIn}</button>`,
  });
}

/** Renders a form that asks the browser for a passkey. It stays hidden where the browser has no script or no passkeys. */
export function renderPasskeyForm(
  { context, language }: Visit,
  form: {
    readonly action: string;
    /** Hidden fields. */
    readonly hidden: Html;
    readonly binding: ChallengeBinding;
    /** Further `PublicKeyCredentialRequestOptions`. */
    readonly options: object;
    /** Whether the browser may offer passkeys in a field with `autocomplete="webauthn"`. */
    readonly isConditional?: boolean;
    readonly button: Html;
  },
): Html {
  const options = JSON.stringify({
    rpId: relyingPartyOf(context.config)?.id,
    challenge: issueChallenge(context, form.binding),
    ...form.options,
  });
  return html`<form class="passkey" method="post" action="${form.action}" data-passkey="get"${form.isConditional && html` data-conditional`} data-options="${options}" hidden>
${form.hidden}
<input type="hidden" name="passkey">
<p class="problem" role="alert" data-problem hidden>${language.messages.passkeyForm.failed}</p>
${form.button}
</form>`;
}
