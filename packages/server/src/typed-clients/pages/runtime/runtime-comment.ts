import { type Inline, renderHtml, renderInlineHtml } from '@latchkey/codegen';
import { html, raw } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { documentationOf } from '../../runtime-reference/describe-comment.ts';
import { urlOfRuntimeName } from '../../runtime-reference/runtime-index.ts';
import type { DocComment } from '../../runtime-reference/runtime-symbol.ts';
import { codeBlock } from '../reference/code.ts';
import { type Fact, renderFacts } from '../reference/facts.ts';

/** All that a comment says: prose, examples, parameters, result, errors. */
export function renderComment(comment: DocComment): Html {
  const { deprecated, examples, text } = comment;
  return html`${
    deprecated !== undefined &&
    html`<div class="caution" role="note"><strong>Deprecated</strong> ${renderText(deprecated)}</div>`
  }
${text !== '' && html`<div class="prose">${raw(renderHtml(documentationOf(text), urlOfRuntimeName))}</div>`}
${examples.map((example) => codeBlock(example, { class: 'import' }))}
${renderTags(comment)}`;
}

export function renderInline(content: readonly Inline[]): Html {
  return html`${raw(renderInlineHtml(content, urlOfRuntimeName))}`;
}

/** A single paragraph stands without an element of its own. */
function renderText(text: string): Html {
  const documentation = documentationOf(text);
  const [first] = documentation;
  if (documentation.length === 1 && first?.kind === 'paragraph') return renderInline(first.content);
  return html`${raw(renderHtml(documentation, urlOfRuntimeName))}`;
}

function renderTags({ params, returns, see, throws }: DocComment): Html | undefined {
  const facts: readonly Fact[] = [
    ...params.map(({ name, text }): Fact => [name, renderText(text)]),
    ...(returns === undefined ? [] : [['Returns', renderText(returns)] as Fact]),
    ...throws.map((text): Fact => ['Throws', renderText(text)]),
    ...see.map((text): Fact => ['See', renderText(text)]),
  ];
  return facts.length === 0 ? undefined : renderFacts(facts);
}
