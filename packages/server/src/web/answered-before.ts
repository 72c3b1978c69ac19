import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Answer, Decision } from '../grants/answer.ts';
import { renderOutcome } from './done-page.ts';
import type { Html } from './html.ts';
import { renderProblem } from './notice.ts';
import { describeTime } from './time.ts';
import { renderPage, type Visit } from './visit.ts';

/**
 * The page for a person who comes back to a question that they have answered, by the Back button, a reload or a second
 * click. It says when, and that another answer does not count.
 *
 * @param pressed - the answer that was given just now, if one was
 * @param next - what to do from here
 * @param redirectUri - where the browser goes on to by itself
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
  const time = describeTime(answer.answeredAtMs);
  const heading = `You ${answer.decision === 'allow' ? 'allowed' : 'denied'} this at ${time}`;
  const problem =
    pressed === answer.decision
      ? undefined
      : `You pressed “${pressed === 'allow' ? 'Allow' : 'Deny'}” just now, which changed nothing: the answer of ${time} stands.`;
  return renderPage(visit, {
    title: heading,
    ...(redirectUri !== undefined && { refreshTo: redirectUri }),
    main: renderOutcome(
      answer.decision,
      html`<h1>${heading}</h1>
${renderProblem(problem)}
${next}`,
    ),
  });
}
