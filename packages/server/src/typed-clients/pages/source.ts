import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';

/** Source code with a link target for each line, e.g. `#L12`. */
export function renderSource(source: string): Html {
  const lines = source.trimEnd().split('\n');
  return html`<pre class="source" tabindex="0" aria-label="Source of the module">${lines.map(
    (line, index) => {
      const place = `L${index + 1}`;
      // An empty link has no accessible name.
      if (line === '') return html`<span id="${place}"></span>`;
      const isComment = /^\s*(?:\/\*\*|\*|\/\/)/.test(line);
      return html`<a id="${place}" href="#${place}" tabindex="-1"${isComment ? html` class="comment"` : ''}>${line}</a>`;
    },
  )}</pre>`;
}
