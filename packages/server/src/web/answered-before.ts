import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Answer, Decision } from '../grants/answer.ts';
import { renderOutcome } from './done-page.ts';
import type { Html } from './html.ts';
import { renderProblem } from './notice.ts';
import { renderTakeBack } from './take-back.ts';
import { renderPage, type Visit } from './visit.ts';

/**
 * Renders the page for a person who has answered this request before, and comes back by the Back button, a reload or a
 * second click. The page says when the request was answered, and that another answer does not count.
 *
 * @param pressed - the button that the person pressed just now, if they pressed one
 * @param next - text that says what the person can do now
 * @param redirectUri - address that the browser is sent on to at once
 */
export function renderAnsweredBefore(
  visit: Visit,
  {
    answer,
    pressed = answer.decision,
    next,
    redirectUri,
  }: {
    readonly answer: Answer;
    readonly pressed?: Decision;
    readonly next: Html;
    readonly redirectUri?: string;
  },
): Promise<WireResponse> {
  const { answeredAtMs, authorizationId, decision } = answer;
  const { allowed, denied, allowTooLate, denyTooLate } = visit.language.messages.answeredBefore;
  const heading = decision === 'allow' ? allowed(answeredAtMs) : denied(answeredAtMs);
  const tooLate = pressed === 'allow' ? allowTooLate : denyTooLate;
  const problem = pressed === decision ? undefined : tooLate(answeredAtMs);
  return renderPage(visit, {
    title: heading,
    ...(redirectUri !== undefined && { refreshTo: redirectUri }),
    main: html`${renderOutcome(
      decision,
      html`<h1>${heading}</h1>
${renderProblem(problem)}
${next}`,
    )}
${visit.signedIn && authorizationId !== null && renderTakeBack(visit, visit.signedIn, authorizationId)}`,
  });
}
