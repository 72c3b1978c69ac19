import { html, raw } from 'hono/html';
import type { Html } from '../../../web/html.ts';

/** Shorter names fit into a line of the contents. */
const MIN_LENGTH = 25;
const START_OF_WORD = /(?<=[a-z0-9.])(?=[A-Z])/;

/** A name that, where it is long, wraps between its words: `PutBucket` and `Notification`, not `Putb` and `ucket`. */
export function breakable(name: string): Html {
  if (name.length < MIN_LENGTH) return html`${name}`;
  return html`${name.split(START_OF_WORD).map((word, index) => html`${index > 0 && raw('<wbr>')}${word}`)}`;
}
