import { html } from 'hono/html';
import type { Decision } from '../grants/answer.ts';
import type { Fields } from './form.ts';
import type { Html } from './html.ts';
import type { Language } from './messages/languages.ts';
import { renderProblem } from './notice.ts';
import { PageError } from './page-error.ts';

/** Renders the buttons “Allow” and “Deny”. */
export function renderChoices({ messages: { question } }: Language): Html {
  return html`<div class="choices">
<button class="primary" name="decision" value="allow">${question.allow}</button>
<button class="secondary" name="decision" value="deny">${question.deny}</button>
</div>`;
}

/** How a button looks: the filled one to press, or the other one. */
export type Emphasis = 'primary' | 'secondary';

/** Renders the button “Deny” in a form of its own; by default as the one to press. */
export function renderDenial(
  { messages: { question } }: Language,
  { action, hidden, emphasis = 'primary' }: Pick<Guard, 'action' | 'hidden' | 'emphasis'>,
): Html {
  return html`<form class="choices" method="post" action="${action}">
${hidden}
<button class="${emphasis}" name="decision" value="deny">${question.deny}</button>
</form>`;
}

interface Guard {
  /** Path that the form is sent to. */
  readonly action: string;
  /** Hidden fields. */
  readonly hidden: Html;
  /** How the button looks. */
  readonly emphasis?: Emphasis;
  /** What was wrong with the text that was typed before. */
  readonly problem: string | Html | undefined;
  readonly label: string;
  readonly hint: string;
  /** Further attributes of the text field. */
  readonly input: Html;
}

/**
 * Renders the button “Allow”, by default not as the one to press, with a text field that must be filled in. They have a form of
 * their own, without “Deny”: the Enter key in a text field presses the first button of its form (HTML, “implicit submission”).
 */
export function renderGuardedAllowance(
  { messages: { question } }: Language,
  { action, hidden, emphasis = 'secondary', problem, label, hint, input }: Guard,
): Html {
  const describedBy = problem === undefined ? 'confirmation-hint' : 'problem confirmation-hint';
  const corrected = problem !== undefined && html` aria-invalid="true" autofocus`;
  return html`<form class="card guarded" method="post" action="${action}">
${hidden}
${renderProblem(problem)}
<label for="confirmation">${label}</label>
<input id="confirmation" name="confirmation" required autocomplete="off" autocorrect="off" spellcheck="false" aria-describedby="${describedBy}" ${input}${corrected}>
<p class="hint" id="confirmation-hint">${hint}</p>
<button class="${emphasis}" name="decision" value="allow">${question.allow}</button>
</form>`;
}

/** @throws {PageError} 400 when neither button was pressed */
export function parseDecision(fields: Fields): Decision {
  const decision = fields.get('decision');
  if (decision === 'allow' || decision === 'deny') return decision;
  throw new PageError(400, ({ problems }) => problems.noDecision);
}
