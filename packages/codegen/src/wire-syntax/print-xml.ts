import { line, name, partsOf, text } from './lines.ts';
import type { Mark, Marks } from './marks.ts';
import type { SyntaxLine, SyntaxPart } from './syntax.ts';

const TOKEN = /<(?<close>\/)?(?<tag>[^\s<>]+)(?<attributes>[^<>]*)>|(?<content>[^<>]+)/g;
const ATTRIBUTE = /\s(?<name>[^\s=]+)="(?<value>[^"]*)"/g;

interface Token {
  readonly kind: 'open' | 'close' | 'content';
  /** Name of the element, or the content. */
  readonly text: string;
  readonly attributes: string;
}

/** Prints XML, as a protocol wrote it, an element a line. */
export function printXml(document: string, marks: Marks): readonly SyntaxLine[] {
  const tokens = Array.from(document.matchAll(TOKEN), ({ groups = {} }): Token => {
    const { attributes = '', close, content, tag = '' } = groups;
    if (content !== undefined) return { kind: 'content', text: content, attributes };
    return { kind: close === undefined ? 'open' : 'close', text: tag, attributes };
  });
  const lines: SyntaxLine[] = [];
  const open: { readonly isRepeated: boolean }[] = [];
  const printMore = () => lines.push(line(open.length, [text('…')]));
  for (let index = 0; index < tokens.length; index += 1) {
    const [token, second, third] = tokens.slice(index, index + 3);
    if (token === undefined) continue;
    if (token.kind === 'close') {
      const closed = open.pop();
      lines.push(line(open.length, [text('</'), name(marks.named(token.text).name, undefined), text('>')]));
      if (closed?.isRepeated) printMore();
      continue;
    }
    const content = second?.kind === 'content' ? second.text : '';
    const isWhole = (second?.kind === 'content' ? third : second)?.kind === 'close';
    const mark = marks.named(token.text).mark ?? marks.only(content);
    // An element for each entry of a map; other elements of this name are members, which have marks.
    const isRepeated =
      marks.named(token.text).mark?.repeats ?? (token.text === 'entry' && mark === undefined);
    const start = openingTag(token, mark, marks);
    if (!isWhole) {
      lines.push(line(open.length, start, shownMark(mark)));
      open.push({ isRepeated });
      continue;
    }
    const end = [text('</'), name(marks.named(token.text).name, undefined), text('>')];
    lines.push(line(open.length, [...start, ...partsOf(content, marks, 'xml'), ...end], shownMark(mark)));
    if (isRepeated) printMore();
    index += content === '' ? 1 : 2;
  }
  return lines;
}

/** Items are neither required nor one of several; their list is. */
function shownMark(mark: Mark | undefined): Mark | undefined {
  return mark?.isItem ? undefined : mark;
}

function openingTag(token: Token, mark: Mark | undefined, marks: Marks): readonly SyntaxPart[] {
  const attributes = Array.from(token.attributes.matchAll(ATTRIBUTE), ({ groups = {} }) => {
    const { name: attribute = '', value = '' } = groups;
    return [
      text(' '),
      name(attribute, marks.only(value)),
      text('="'),
      ...partsOf(value, marks, 'xml'),
      text('"'),
    ];
  });
  return [text('<'), name(marks.named(token.text).name, mark), ...attributes.flat(), text('>')];
}
