import type { SyntaxLine, SyntaxPart } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Lines of a message: names lead to their members, placeholders of enums and structures to their types. */
export function renderLines(lines: readonly SyntaxLine[], docs: ServiceDocs): Html {
  return html`<pre class="declaration wire"><code tabindex="0">${lines.map(
    (line, index) =>
      html`${index > 0 && '\n'}${'  '.repeat(line.indent)}${line.parts.map((part) => renderPart(part, docs))}${renderNote(line)}`,
  )}</code></pre>`;
}

/** A line that is no member's. */
export function plainLine(text: string): SyntaxLine {
  return { indent: 0, parts: [{ kind: 'text', text }] };
}

function renderPart({ kind, shapeId, text }: SyntaxPart, { urls }: ServiceDocs): Html | string {
  const href = shapeId === undefined ? undefined : urls.resolve(shapeId.replace(/^.*#/, ''));
  const shown = href === undefined ? text : html`<a href="${href}">${text}</a>`;
  return kind === 'placeholder' ? html`<var>${shown}</var>` : shown;
}

/** What is no part of the message stands behind it. */
function renderNote({ choice, required }: SyntaxLine): Html | undefined {
  const note = choice === 'either' ? 'either this' : choice === 'or' ? 'or this' : required && 'required';
  return note ? html`<small>  ${note}</small>` : undefined;
}
