import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';

/** TypeScript of which every line can be linked to, as `#L12`. */
export function renderSource(source: string): Html {
  const lines = source.trimEnd().split('\n');
  return html`<pre class="source" tabindex="0" aria-label="Source of the module">${lines.map(
    (line, index) => {
      const place = `L${index + 1}`;
      // A link needs something to be called by.
      if (line === '') return html`<span id="${place}"></span>`;
      const isComment = /^\s*(?:\/\*\*|\*|\/\/)/.test(line);
      return html`<a id="${place}" href="#${place}" tabindex="-1"${isComment ? html` class="comment"` : ''}>${line}</a>`;
    },
  )}</pre>`;
}
