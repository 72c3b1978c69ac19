import { html } from 'hono/html';
import type { Decision } from '../grants/answer.ts';
import type { Fields } from './form.ts';
import type { Html } from './html.ts';
import { PageError } from './page-error.ts';

/** Renders the buttons “Allow” and “Deny”. */
export function renderChoices(): Html {
  return html`<div class="choices">
<button class="primary" name="decision" value="allow">Allow</button>
<button class="secondary" name="decision" value="deny">Deny</button>
</div>`;
}

/** @throws {PageError} 400 when neither button was pressed */
export function parseDecision(fields: Fields): Decision {
  const decision = fields.get('decision');
  if (decision === 'allow' || decision === 'deny') return decision;
  throw new PageError(400, 'Your answer is missing', 'Go back and press either “Allow” or “Deny”.');
}
