import { shortDocumentation } from './first-sentence.ts';
import { parseDocumentation } from './parse.ts';
import { type Block, type Definition, type Documentation, type Inline, textOf } from './tree.ts';

/** Renders `smithy.api#documentation` as Markdown for a comment: one line for each paragraph or list item, not wrapped. */
export function documentationMarkdown(text: string): string {
  return renderMarkdown(parseDocumentation(text));
}

/** Renders the first sentence of `smithy.api#documentation` as Markdown. */
export function shortMarkdown(text: string): string {
  return renderInlines(shortDocumentation(parseDocumentation(text)));
}

export function renderMarkdown(documentation: Documentation): string {
  return documentation.map(renderBlock).join('\n\n');
}

export function renderInlines(content: readonly Inline[]): string {
  const text = content.map(renderInline).join('');
  return (text.includes('  ') ? text.replaceAll(/ {2,}/g, ' ') : text).trim();
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return escapeStart(renderInlines(block.content));
    case 'heading':
      return `**${renderInlines(withoutStrong(block.content))}**`;
    case 'callout':
      return renderMarkdown(withLabel(block.tone === 'note' ? 'Note:' : 'Important:', block.content));
    case 'list':
      return joinItems(
        block.items.map((item, index) => renderItem(block.ordered ? `${index + 1}. ` : '- ', item)),
      );
    case 'definitions':
      return joinItems(block.entries.map((entry) => renderItem('- ', labelled(entry))));
    case 'preformatted':
      return renderPreformatted(block.text);
  }
}

function joinItems(items: readonly string[]): string {
  return items.join(items.some((item) => item.includes('\n\n')) ? '\n\n' : '\n');
}

/** Renders a list item. A paragraph followed by a nested list needs no empty line between them. */
function renderItem(marker: string, item: Documentation): string {
  const [first, second] = item;
  const isTight =
    item.length === 1 || (item.length === 2 && first?.kind === 'paragraph' && second?.kind === 'list');
  const text = item.map(renderBlock).join(isTight ? '\n' : '\n\n');
  return marker + text.replaceAll(/\n(?=.)/g, `\n${' '.repeat(marker.length)}`);
}

function labelled({ term, definition }: Definition): Documentation {
  if (term.length === 0) return definition;
  if (definition.length === 0) return [{ kind: 'paragraph', content: term }];
  return withLabel(term, definition);
}

/** Puts a label in bold before documentation. */
function withLabel(label: string | readonly Inline[], documentation: Documentation): Documentation {
  const content = typeof label === 'string' ? [label] : withoutStrong(label);
  const words: Inline = { kind: 'strong', content };
  const colon = typeof label === 'string' ? ' ' : ': ';
  const [first, ...rest] = documentation;
  return first?.kind === 'paragraph'
    ? [{ kind: 'paragraph', content: [words, colon, ...first.content] }, ...rest]
    : [{ kind: 'paragraph', content: [words] }, ...documentation];
}

function withoutStrong(content: readonly Inline[]): readonly Inline[] {
  return content.flatMap((inline) =>
    typeof inline !== 'string' && inline.kind === 'strong' ? inline.content : [inline],
  );
}

/** Renders a code block. Only `@` at the start of a word is escaped in it, as it would begin a tag even here. */
function renderPreformatted(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}\n${text.replaceAll(/(?<=^|\s)@/g, '\\@')}\n${fence}`;
}

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return escapeMarkdown(inline);
  switch (inline.kind) {
    case 'break':
      return ' ';
    case 'code':
      return renderCode(inline.content);
    case 'reference':
      return codeSpan(inline.name);
    case 'link':
      return `[${renderInlines(inline.content)}](${inline.href.replace(/[()]/g, percentEncode)})`;
    case 'emphasis':
      return delimit('*', inline.content);
    case 'strong':
      return delimit('**', inline.content);
  }
}

/** Renders code. Markdown allows only text in it, so a link splits it in two. */
function renderCode(content: readonly Inline[]): string {
  const parts: string[] = [];
  let text = '';
  for (const inline of content) {
    if (typeof inline === 'string' || inline.kind !== 'link') {
      text += textOf([inline]);
    } else {
      const code: Inline = { kind: 'code', content: [textOf(inline.content)] };
      parts.push(codeSpan(text), renderInline({ ...inline, content: [code] }));
      text = '';
    }
  }
  return [...parts, codeSpan(text)].join('');
}

function codeSpan(text: string): string {
  const [before, inner, after] = splitSpaces(text);
  if (inner === '') return before;
  const ticks = '`'.repeat(longestRunOfBackticks(inner) + 1);
  const padding = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return before + ticks + padding + inner + padding + ticks + after;
}

function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function delimit(mark: string, content: readonly Inline[]): string {
  const [before, inner, after] = splitSpaces(content.map(renderInline).join(''));
  return inner === '' ? before : before + mark + inner + mark + after;
}

/** Splits off leading and trailing spaces. Inside `*` or backticks they would keep these from being read as markup. */
function splitSpaces(text: string): readonly [before: string, inner: string, after: string] {
  const inner = text.trim();
  const start = text.indexOf(inner);
  return inner === '' ? [text, '', ''] : [text.slice(0, start), inner, text.slice(start + inner.length)];
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Escapes text that would be read as Markdown or as a tag of a documentation comment. With as few backslashes as
 * possible, as people also read comments unrendered.
 */
function escapeMarkdown(text: string): string {
  if (!/[\\`*_<&\]@]/.test(text)) return text;
  return text
    .replace(/[\\`]/g, '\\$&')
    .replace(/\*(?=\S)|(?<=\S)\*/g, '\\*')
    .replace(/(?<!\w)_|_(?!\w)/g, '\\_')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\](?=\()/g, '\\]')
    .replace(/(?<!\w)@(?=\w)|(?<=\{)@/g, '\\@');
}

/** Escapes the start of a paragraph that would be read as a heading, list or quotation. */
function escapeStart(text: string): string {
  return text.replace(/^(?:[#>]|[-+](?=\s|$)|=+$|-+$)/, '\\$&').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}
