import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Decision } from '../grants/answer.ts';
import { findDone, type Outcome } from './done-token.ts';
import type { Html } from './html.ts';
import type { SignedIn } from './session-cookie.ts';
import { renderTakeBack } from './take-back.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

export function showAllowed(visit: Visit): WireResponse | Promise<WireResponse> {
  const messages = visit.language.messages.done;
  return showDone(visit, 'allow', {
    title: messages.allowed,
    main: (signedIn, authorizationId) =>
      html`${renderOutcome(
        'allow',
        html`<h1>${messages.allowed}</h1>
<p>${messages.deviceSignedIn}</p>
<p>${messages.close}</p>`,
      )}
${renderTakeBack(visit, signedIn, authorizationId)}`,
  });
}

export function showDenied(visit: Visit): WireResponse | Promise<WireResponse> {
  const messages = visit.language.messages.done;
  return showDone(visit, 'deny', {
    title: messages.denied,
    main: () =>
      renderOutcome(
        'deny',
        html`<h1>${messages.denied}</h1>
<p>${messages.nobodyGotIn}</p>
<p>${messages.reportAttempt}</p>`,
      ),
  });
}

export function showTakenBack(visit: Visit): WireResponse | Promise<WireResponse> {
  const messages = visit.language.messages.takeBack;
  return showDone(visit, 'takenBack', {
    title: messages.ended,
    main: () =>
      renderOutcome(
        'deny',
        html`<h1>${messages.ended}</h1>
<p>${messages.nothingWorks}</p>
<p>${messages.report}</p>`,
      ),
  });
}

interface DonePage {
  readonly title: string;
  main(signedIn: SignedIn, authorizationId: number): Html;
}

/** Renders the page after an answer. Whoever opens its address without having answered just now is led to the code entry. */
function showDone(
  visit: Visit,
  outcome: Outcome,
  { title, main }: DonePage,
): WireResponse | Promise<WireResponse> {
  const authorizationId = findDone(visit, outcome);
  if (visit.signedIn === undefined || authorizationId === undefined) return seeOther('/device');
  return renderPage(visit, { title, main: main(visit.signedIn, authorizationId) });
}

/** Renders the outcome of a request: a check mark or a cross, above the text. */
export function renderOutcome(decision: Decision, text: Html): Html {
  const [name, path] =
    decision === 'allow' ? ['allowed', 'M17 29l8 8 15-17'] : ['denied', 'M19 19l18 18M37 19L19 37'];
  return html`<div class="outcome ${name}"><svg width="56" height="56" viewBox="0 0 56 56" aria-hidden="true" focusable="false"><circle cx="28" cy="28" r="26"/><path d="${path}"/></svg>
${text}</div>`;
}
