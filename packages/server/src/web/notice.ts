import { html } from 'hono/html';
import type { Html } from './html.ts';

/** An error that a screen reader announces at once; a field names it by `aria-describedby="problem"`. */
export function renderProblem(message: string | undefined): Html | undefined {
  return message === undefined
    ? undefined
    : html`<p class="problem" id="problem" role="alert">${message}</p>`;
}
