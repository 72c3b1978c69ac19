import { raw } from 'hono/html';
import type { Html } from '../../web/html.ts';
import { markUp } from './highlighter.js';

/** The class of each scope of highlight.js that the style sheet colours. A page has thousands: one letter keeps it small. */
const classes: Readonly<Record<string, string>> = {
  keyword: 'k',
  literal: 'k',
  string: 's',
  regexp: 's',
  number: 't',
  built_in: 't',
  type: 't',
  comment: 'c',
};

/** A tag of highlight.js, e.g. `<span class="hljs-title class_">` of the scope `title`. */
const TAG = /<span class="(?:hljs-)?(?<scope>[\w-]+)[^>]*>|<\/span>/g;

/** TypeScript with its keywords, strings, types and comments in `span` elements, whose classes the style sheet colours. */
export function highlight(code: string): Html {
  return raw(colour(code));
}

function colour(code: string): string {
  const kept: boolean[] = [];
  return markUp(code).replaceAll(TAG, (tag, scope?: string) => {
    if (scope === undefined) return kept.pop() ? tag : '';
    const name = classes[scope];
    kept.push(name !== undefined);
    return name === undefined ? '' : `<span class="${name}">`;
  });
}

/** As `highlight`, line by line: what spans several lines, such as a comment, begins anew on each. */
export function highlightLines(code: string): readonly Html[] {
  let open: readonly string[] = [];
  return colour(code)
    .split('\n')
    .map((line) => {
      const start = open.join('');
      for (const [tag] of line.matchAll(/<span [^>]*>|<\/span>/g)) {
        open = tag === '</span>' ? open.slice(0, -1) : [...open, tag];
      }
      return raw(start + line + '</span>'.repeat(open.length)) as Html;
    });
}
