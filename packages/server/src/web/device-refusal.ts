import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { DeviceRefusal } from '../grants/device-policy.ts';
import type { DeviceRequest } from '../grants/device-request.ts';
import { renderDenial } from './decision.ts';
import { sealedFields } from './device-question.ts';
import { deviceUrl } from './device-reference.ts';
import type { Html } from './html.ts';
import type { SignedIn } from './session-cookie.ts';
import { renderPage, type Visit } from './visit.ts';

/** Renders the page of an instance on which no device signs in. */
export function renderTurnedOff(visit: Visit): Promise<WireResponse> {
  const messages = visit.language.messages.deviceRefusal;
  return renderPage(visit, {
    title: messages.turnedOffTitle,
    status: 403,
    main: html`<h1>${messages.turnedOffTitle}</h1>
<p>${messages.reason.turnedOff}</p>
<p>${messages.instead}</p>`,
  });
}

/** Renders why this person may not allow a device. Denying is up to everyone. */
export function renderRefused(
  visit: Visit,
  signedIn: SignedIn,
  { request, reason }: { readonly request: DeviceRequest; readonly reason: DeviceRefusal },
): Promise<WireResponse> {
  const messages = visit.language.messages.deviceRefusal;
  return renderPage(visit, {
    title: messages.title,
    status: 403,
    main: html`<h1>${messages.title}</h1>
<p>${messages.reason[reason]}</p>
<p>${messages.instead}</p>
${renderDenyNow(visit, signedIn, request)}`,
  });
}

/** Renders the way to sign in again, for a person who signed in too long ago to allow a device. */
export function renderSignInAgain(
  visit: Visit,
  signedIn: SignedIn,
  { request, recentSignInSeconds }: { readonly request: DeviceRequest; readonly recentSignInSeconds: number },
): Promise<WireResponse> {
  const messages = visit.language.messages.deviceRefusal;
  const { userName } = signedIn.session.user;
  return renderPage(visit, {
    title: messages.signInAgain,
    status: 403,
    main: html`<h1>${messages.signInAgain}</h1>
<p>${messages.tooLongAgo(recentSignInSeconds)}</p>
<form class="choices" method="get" action="/sign-in">
<input type="hidden" name="to" value="${deviceUrl(visit.context, request.userCode)}">
<input type="hidden" name="user_name" value="${userName}">
<button class="primary">${messages.goSignIn}</button>
</form>
${renderDenyNow(visit, signedIn, request)}`,
  });
}

function renderDenyNow(visit: Visit, signedIn: SignedIn, { userCode }: DeviceRequest): Html {
  return html`<p>${visit.language.messages.device.denyNow}</p>
${renderDenial(visit.language, {
  action: '/device',
  hidden: sealedFields(visit, signedIn, userCode),
  emphasis: 'secondary',
})}`;
}
