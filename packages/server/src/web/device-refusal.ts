import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { DeviceRefusal } from '../grants/device-policy.ts';
import type { DeviceRequest } from '../grants/device-request.ts';
import type { UnmetBySignIn } from '../policy/judge.ts';
import { renderDenial } from './decision.ts';
import { sealedFields } from './device-question.ts';
import { deviceUrl } from './device-reference.ts';
import type { Html } from './html.ts';
import type { SignedIn } from './session-cookie.ts';
import { renderSignInNeeded } from './sign-in-needed.ts';
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

/** Renders the way to a sign-in that lets the person allow the device. */
export function renderSignInAgain(
  visit: Visit,
  signedIn: SignedIn,
  {
    request,
    ...needed
  }: { readonly request: DeviceRequest } & Pick<UnmetBySignIn, 'factors' | 'recentSignInSeconds'>,
): Promise<WireResponse> {
  const returnTo = deviceUrl(visit.context, request.userCode);
  return renderSignInNeeded(visit, signedIn, {
    ...{ needed, returnTo },
    lead: html`<p class="lead">${visit.language.messages.policy.forDevice}</p>`,
    below: renderDenyNow(visit, signedIn, request),
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
