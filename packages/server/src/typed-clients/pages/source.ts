import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import { highlightLines } from './highlight.ts';

/** Source code with a link target for each line, e.g. `#L12`. */
export function renderSource(source: string): Html {
  const lines = highlightLines(source.trimEnd());
  return html`<pre class="source" tabindex="0" aria-label="Source of the module">${lines.map(
    (line, index) => {
      const place = `L${index + 1}`;
      // An empty link has no accessible name.
      if (String(line) === '') return html`<span id="${place}"></span>`;
      return html`<a id="${place}" href="#${place}" tabindex="-1">${line}</a>`;
    },
  )}</pre>`;
}
