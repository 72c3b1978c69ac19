import { marked } from 'marked';
import { type HtmlElement, type HtmlNode, htmlNodes } from './html-nodes.ts';
import { type Block, type Definition, type Documentation, type Inline, textOf } from './tree.ts';

/** Tags that show that a text is HTML, as in AWS's models. Any other text is CommonMark, as Smithy specifies. */
const htmlSign = /<(?:p|br|ul|ol|li|dl|note|important|fullname|code|a|i|b|em|strong)\b/i;

/** Parses `smithy.api#documentation`. Never throws: unknown elements become text. */
export function parseDocumentation(text: string): Documentation {
  return blocksOf(htmlNodes(htmlSign.test(text) ? text : htmlOf(text)));
}

/** Stands in inline text for a bullet that is typed at the beginning of a line: `*`, `•`, or `-` behind other text. */
const BULLET = '\u{e000}';
const firstBullet = /^\s*[*•·]\s+/;
const typedBullets = /(?<=\n)[ \t]*[*•·]\s+|(?<=\S[^\n]*\n)[ \t]*-\s+/g;

function htmlOf(commonMark: string): string {
  const margin = Math.min(...(commonMark.match(/^ *(?=\S)/gm) ?? []).map(({ length }) => length));
  const text = Number.isFinite(margin) ? commonMark.replace(new RegExp(`^ {${margin}}`, 'gm'), '') : '';
  return marked.parse(text, { async: false, gfm: true });
}

/** Block elements. Of the others, those in `plain` are replaced by their content, and unknown ones become text. */
const blocks = new Map<string, (element: HtmlElement) => Documentation>([
  ['blockquote', ({ children }) => blocksOf(children)],
  ['caution', (element) => callout('important', element)],
  ['dd', ({ children }) => blocksOf(children)],
  ['div', ({ children }) => blocksOf(children)],
  ['dl', ({ children }) => definitions(children)],
  ['dt', ({ children }) => paragraph('paragraph', inlinesOf(children))],
  ['fullname', heading],
  ['h1', heading],
  ['h2', heading],
  ['h3', heading],
  ['h4', heading],
  ['h5', heading],
  ['h6', heading],
  ['important', (element) => callout('important', element)],
  ['li', ({ children }) => blocksOf(children)],
  ['note', (element) => callout('note', element)],
  ['ol', (element) => list(true, element)],
  ['p', ({ children }) => blocksOf(children)],
  ['para', ({ children }) => blocksOf(children)],
  ['pre', ({ children }) => [{ kind: 'preformatted', text: textIn(children).replace(/^\n|\s+$/g, '') }]],
  ['script', () => []],
  ['style', () => []],
  ['tip', (element) => callout('note', element)],
  ['tr', ({ children }) => blocksOf(children)],
  ['ul', (element) => list(false, element)],
  ['warning', (element) => callout('important', element)],
]);

const inlines = new Map<string, (element: HtmlElement) => Inline>([
  ['a', link],
  ['b', (element) => form('strong', element)],
  ['br', () => ({ kind: 'break' })],
  ['code', (element) => form('code', element)],
  ['em', (element) => form('emphasis', element)],
  ['i', (element) => form('emphasis', element)],
  ['replaceable', (element) => form('emphasis', element)],
  ['strong', (element) => form('strong', element)],
  ['tt', (element) => form('code', element)],
]);

const plain = new Set('examples link para span sub sup table tbody td th thead u'.split(' '));

function blocksOf(nodes: readonly HtmlNode[]): Documentation {
  const found: Block[] = [];
  let run: HtmlNode[] = [];
  const endRun = () => {
    for (const block of paragraphs(run)) addBlock(found, block);
    run = [];
  };
  for (const node of expand(nodes)) {
    const block = typeof node === 'string' ? undefined : blocks.get(node.tag);
    if (typeof node === 'string' || block === undefined) {
      run.push(node);
    } else {
      endRun();
      for (const each of block(node)) addBlock(found, each);
    }
  }
  endRun();
  return found;
}

/** Replaces unknown elements by their tags, as text, and their content: `<region>` is a placeholder, not an element. */
function expand(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  if (nodes.every((node) => typeof node === 'string' || isKnown(node))) return nodes;
  return nodes.flatMap((node): readonly HtmlNode[] => {
    if (typeof node === 'string' || isKnown(node)) return [node];
    const inner = expand(node.children);
    return plain.has(node.tag) ? inner : [node.source.start, ...inner, node.source.end];
  });
}

function isKnown({ tag }: HtmlElement): boolean {
  return blocks.has(tag) || inlines.has(tag);
}

/** Inline content, without spaces at its ends. Blocks in it become inline, too. */
function inlinesOf(nodes: readonly HtmlNode[]): readonly Inline[] {
  return trim(rawInlinesOf(nodes));
}

function rawInlinesOf(nodes: readonly HtmlNode[]): readonly Inline[] {
  const found: Inline[] = [];
  for (const node of expand(nodes)) {
    const next = inlinesFrom(node);
    for (const inline of next) {
      const last = found.at(-1);
      if (typeof inline === 'string' && typeof last === 'string') {
        found[found.length - 1] = (last + inline).replace(/\s+/g, ' ');
      } else if (inline !== '') {
        found.push(inline);
      }
    }
  }
  return found;
}

function inlinesFrom(node: HtmlNode): readonly Inline[] {
  if (typeof node === 'string') return codeInText(node.replace(/\s+/g, ' '));
  const inline = inlines.get(node.tag);
  if (inline) return [inline(node)];
  return node.tag === 'script' || node.tag === 'style' ? [] : [' ', ...rawInlinesOf(node.children), ' '];
}

/** Code that is typed as in Markdown, between backticks. */
function codeInText(text: string): readonly Inline[] {
  if (!text.includes('`')) return [text];
  return text
    .split(/(?<![\w`])`([^`\s](?:[^`]*[^`\s])?)`(?![\w`])/)
    .map((part, index): Inline => (index % 2 === 0 ? part : { kind: 'code', content: [part] }))
    .filter((part) => part !== '');
}

function trim(content: readonly Inline[]): readonly Inline[] {
  const trimmed = content.map((inline, index) => {
    if (typeof inline !== 'string') return inline;
    const start = index === 0 ? inline.trimStart() : inline;
    return index === content.length - 1 ? start.trimEnd() : start;
  });
  return trimmed.filter((inline) => inline !== '');
}

function paragraph(kind: 'paragraph' | 'heading', content: readonly Inline[]): Documentation {
  return textOf(content).trim() === '' ? [] : [{ kind, content }];
}

/** The paragraphs of inline content, and a list of what stands behind its typed bullets. */
function paragraphs(nodes: readonly HtmlNode[]): Documentation {
  const marked = nodes.map((node, index) => {
    if (typeof node !== 'string') return node;
    const text = node.replaceAll(BULLET, '');
    // A product of two codes, such as `2` * `3`, has no bullet.
    return (index === 0 ? text.replace(firstBullet, BULLET) : text).replace(typedBullets, BULLET);
  });
  const parts = splitAtBullets(inlinesOf(marked));
  const [start = [], ...others] = parts.map(trim);
  const before = labelledParagraph(start);
  const items = others.map((part) => paragraph('paragraph', part));
  const filled = items.filter((item) => item.length > 0);
  if (filled.length === 0) return before;
  const list: Block = { kind: 'list', ordered: false, items: filled };
  typedLists.add(list);
  return [...before, list];
}

function splitAtBullets(content: readonly Inline[]): readonly (readonly Inline[])[] {
  const parts: Inline[][] = [[]];
  for (const inline of content) {
    if (typeof inline !== 'string') {
      parts.at(-1)?.push(inline);
      continue;
    }
    const [first = '', ...others] = inline.split(BULLET);
    parts.at(-1)?.push(first);
    for (const other of others) parts.push([other]);
  }
  return parts;
}

/** Lists whose bullets are typed, and not elements. */
const typedLists = new WeakSet<Block>();

/** Adds a block; a list of one typed bullet goes on with the one before it, as each may stand in a paragraph of its own. */
function addBlock(found: Block[], block: Block): void {
  const last = found.at(-1);
  const isTyped = block.kind === 'list' && typedLists.has(block);
  if (isTyped && last?.kind === 'list' && typedLists.has(last)) {
    const list: Block = { ...last, items: [...last.items, ...block.items] };
    typedLists.add(list);
    found[found.length - 1] = list;
  } else found.push(block);
}

function heading({ children }: HtmlElement): Documentation {
  return paragraph('heading', inlinesOf(children));
}

function callout(tone: 'note' | 'important', { children }: HtmlElement): Documentation {
  const content = blocksOf(children);
  return content.length === 0 ? [] : [{ kind: 'callout', tone, content }];
}

/** A label that is typed before a paragraph, plain or in bold, in place of an element. */
const typedLabel = /^\s*(note|tip|important|warning|caution)\s*:\s*/i;

/** A paragraph, or the callout that its typed label makes of it. */
function labelledParagraph(content: readonly Inline[]): Documentation {
  const [first, second, ...others] = content;
  if (first === undefined) return [];
  const isBold = typeof first !== 'string' && first.kind === 'strong';
  const start = isBold ? textOf([first]) + (typeof second === 'string' ? second : '') : first;
  const [label = '', word = ''] = (typeof start === 'string' && typedLabel.exec(start)) || [];
  const behind = isBold ? others : content.slice(1);
  // A label without its text, in bold and with more text behind it inside, is left as it stands.
  const isWhole = !isBold || label.length >= textOf([first]).length;
  const rest = label === '' || typeof start !== 'string' ? [] : trim([start.slice(label.length), ...behind]);
  if (!isWhole || textOf(rest).trim() === '') return paragraph('paragraph', content);
  const tone = /^(?:note|tip)$/i.test(word) ? 'note' : 'important';
  return [{ kind: 'callout', tone, content: paragraph('paragraph', rest) }];
}

function list(ordered: boolean, { children }: HtmlElement): Documentation {
  const items = expand(children)
    .map((node) => blocksOf([node]))
    .filter((item) => item.length > 0);
  return items.length === 0 ? [] : [{ kind: 'list', ordered, items }];
}

function definitions(nodes: readonly HtmlNode[]): Documentation {
  const entries: Definition[] = [];
  let term: readonly Inline[] = [];
  for (const node of expand(nodes)) {
    if (typeof node !== 'string' && node.tag === 'dt') {
      if (term.length > 0) entries.push({ term, definition: [] });
      term = inlinesOf(node.children);
    } else {
      const definition = blocksOf([node]);
      if (definition.length > 0) {
        entries.push({ term, definition });
        term = [];
      }
    }
  }
  if (term.length > 0) entries.push({ term, definition: [] });
  return entries.length === 0 ? [] : [{ kind: 'definitions', entries }];
}

function form(kind: 'code' | 'emphasis' | 'strong', { children }: HtmlElement): Inline {
  const content = rawInlinesOf(children);
  if (textOf(content).trim() === '') return ' ';
  if (kind !== 'code') return { kind, content };
  const flat = content.flatMap((inline) =>
    typeof inline !== 'string' && inline.kind === 'code' ? inline.content : [inline],
  );
  return { kind, content: trim(flat) };
}

/** Reads `<a>`. Without `href`, it names a shape of the service. */
function link({ href, children }: HtmlElement): Inline {
  const content = rawInlinesOf(children);
  const text = textOf(content).trim();
  if (text === '') return ' ';
  if (href === undefined) {
    return /^\w[\w.$#]*$/.test(text) ? { kind: 'reference', name: text } : text;
  }
  const address = URL.parse(href);
  const isWeb = address?.protocol === 'https:' || address?.protocol === 'http:';
  return isWeb ? { kind: 'link', href: address.href, content: content.flatMap(withoutLinks) } : text;
}

/** Removes links from the content of a link. */
function withoutLinks(inline: Inline): readonly Inline[] {
  if (typeof inline === 'string' || inline.kind === 'break') return [inline];
  if (inline.kind === 'reference') return [inline.name];
  const content = inline.content.flatMap(withoutLinks);
  return inline.kind === 'link' ? content : [{ kind: inline.kind, content }];
}

function textIn(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textIn(node.children))).join('');
}
