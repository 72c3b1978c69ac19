import { parseDocumentation } from './parse.ts';
import type { Block, Documentation, Inline } from './tree.ts';

/** Gives the URL of the page about a shape or operation. @returns undefined when there is none */
export type ReferenceResolver = (name: string) => string | undefined;

/**
 * Renders `smithy.api#documentation` as HTML for a page. Only these elements: `p`, `h4`, `ul`, `ol`, `li`, `dl`, `dt`,
 * `dd`, `div role="note"`, `pre`, `code`, `em`, `strong`, `br`, and `a` with an http(s) URL or one from `resolve`. All
 * else is escaped text.
 */
export function documentationHtml(text: string, resolve?: ReferenceResolver): string {
  return renderHtml(parseDocumentation(text), resolve);
}

export function renderHtml(
  documentation: Documentation,
  resolve: ReferenceResolver = () => undefined,
): string {
  return documentation.map((block) => renderBlock(block, resolve)).join('\n');
}

export function renderInlineHtml(
  content: readonly Inline[],
  resolve: ReferenceResolver = () => undefined,
): string {
  return content.map((inline) => renderInline(inline, resolve)).join('');
}

function renderBlock(block: Block, resolve: ReferenceResolver): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${renderInlineHtml(block.content, resolve)}</p>`;
    case 'heading':
      return `<h4>${renderInlineHtml(block.content, resolve)}</h4>`;
    case 'callout': {
      const label = block.tone === 'note' ? 'Note' : 'Important';
      return `<div role="note" class="${block.tone}"><p><strong>${label}</strong></p>${renderHtml(block.content, resolve)}</div>`;
    }
    case 'list': {
      const items = block.items.map((item) => `<li>${renderItem(item, resolve)}</li>`).join('');
      return block.ordered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
    }
    case 'definitions': {
      const entries = block.entries.map(
        ({ term, definition }) =>
          `<dt>${renderInlineHtml(term, resolve)}</dt><dd>${renderItem(definition, resolve)}</dd>`,
      );
      return `<dl>${entries.join('')}</dl>`;
    }
    case 'preformatted':
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`;
  }
}

/** Renders a list item. A single paragraph in it gets no `p`. */
function renderItem(item: Documentation, resolve: ReferenceResolver): string {
  const [first] = item;
  return item.length === 1 && first?.kind === 'paragraph'
    ? renderInlineHtml(first.content, resolve)
    : renderHtml(item, resolve);
}

function renderInline(inline: Inline, resolve: ReferenceResolver): string {
  if (typeof inline === 'string') return escapeHtml(inline);
  switch (inline.kind) {
    case 'break':
      return '<br>';
    case 'code':
      return `<code>${renderInlineHtml(inline.content, resolve)}</code>`;
    case 'emphasis':
      return `<em>${renderInlineHtml(inline.content, resolve)}</em>`;
    case 'strong':
      return `<strong>${renderInlineHtml(inline.content, resolve)}</strong>`;
    case 'link':
      return `<a href="${escapeHtml(inline.href)}">${renderInlineHtml(inline.content, resolve)}</a>`;
    case 'reference': {
      const name = `<code>${escapeHtml(inline.name)}</code>`;
      const href = resolve(inline.name);
      return href === undefined ? name : `<a href="${escapeHtml(href)}">${name}</a>`;
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
