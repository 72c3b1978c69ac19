import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Renders an error message that screen readers announce at once; fields refer to it by `aria-describedby="problem"`. */
export function renderProblem(message: string | Html | undefined): Html | undefined {
  return message === undefined
    ? undefined
    : html`<p class="problem" id="problem" role="alert">${message}</p>`;
}
