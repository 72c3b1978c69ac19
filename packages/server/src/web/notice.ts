import { html } from 'hono/html';
import type { Brand } from '../branding/brand.ts';
import { findOperatorText } from '../branding/operator-text.ts';
import type { Html } from './html.ts';
import type { Language } from './messages/languages.ts';

/** Renders an error message that screen readers announce at once; fields refer to it by `aria-describedby="problem"`. */
export function renderProblem(message: string | Html | undefined): Html | undefined {
  return message === undefined
    ? undefined
    : html`<p class="problem" id="problem" role="alert">${message}</p>`;
}

/** Renders the message of the day, if there is one. */
export function renderMessage({ message }: Brand, { tag }: Language): Html | undefined {
  if (message === undefined) return undefined;
  const { text, otherTag } = findOperatorText(message, tag);
  return html`<p class="message" dir="auto"${otherTag && html` lang="${otherTag}"`}>${text}</p>`;
}
