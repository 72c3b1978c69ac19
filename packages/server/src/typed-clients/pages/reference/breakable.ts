import { html, raw } from 'hono/html';
import type { Html } from '../../../web/html.ts';

/** Characters that fit into a line of the contents. */
const LINE = 24;
/** Characters that fit into a heading of 280 px, what a window of 320 px leaves. */
const HEADING_LINE = 16;
const START_OF_WORD = /(?<=[a-z0-9.])(?=[A-Z])/;

/** A name that, where it is long, wraps between its words: before `Configuration`, and not within it. */
export function breakable(name: string, longest = LINE): Html {
  const lines = [''];
  for (const word of name.split(START_OF_WORD)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length > longest) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return html`${lines.map((line, index) => html`${index > 0 && raw('<wbr>')}${line}`)}`;
}

/** The heading of a page about the name. */
export function nameHeading(name: string): Html {
  return html`<h1>${breakable(name, HEADING_LINE)}</h1>`;
}
