import { raw } from 'hono/html';
import type { Html } from '../../web/html.ts';
import { markUp } from './highlighter.js';

/** TypeScript with its keywords, strings and comments in `span` elements, whose classes the style sheet colours. */
export function highlight(code: string): Html {
  return raw(markUp(code));
}

/** As `highlight`, line by line: what spans several lines, such as a comment, begins anew on each. */
export function highlightLines(code: string): readonly Html[] {
  let open: readonly string[] = [];
  return markUp(code)
    .split('\n')
    .map((line) => {
      const start = open.join('');
      for (const [tag] of line.matchAll(/<span [^>]*>|<\/span>/g)) {
        open = tag === '</span>' ? open.slice(0, -1) : [...open, tag];
      }
      return raw(start + line + '</span>'.repeat(open.length)) as Html;
    });
}
