import { html } from 'hono/html';

/** HTML whose values have been escaped. */
export type Html = ReturnType<typeof html>;

/**
 * Isolates a name inside a sentence, so that a name written from right to left does not reorder the words around it. ASCII
 * text cannot do so, and stays as it is.
 */
export function isolate(name: string): Html {
  return /^[ -~]*$/.test(name) ? html`${name}` : html`<bdi>${name}</bdi>`;
}
