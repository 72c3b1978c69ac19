import { WireError } from '../error.ts';
import { lineAndColumn } from '../values/line-and-column.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { localName, type XmlElement } from './element.ts';
import { resolveReferences } from './resolve-references.ts';

/** Maximum depth of elements: far more than any model needs, far less than recursion over the tree can take. */
const maxDepth = 256;
const noAttributes: XmlElement['attributes'] = new Map();

// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression is there to find them
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const nonSpace = /[^\t\n\r ]/;
const startTag = /<([A-Za-z_:\u0080-\uffff][\w:.\-\u0080-\uffff]*)/y;
const attribute =
  /[\t\n\r ]+([A-Za-z_:\u0080-\uffff][\w:.\-\u0080-\uffff]*)[\t\n\r ]*=[\t\n\r ]*(?:"([^<"]*)"|'([^<']*)')/y;
const tagEnd = /[\t\n\r ]*(\/?)>/y;
const endTag = /<\/([^\t\n\r >]+)[\t\n\r ]*>/y;

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parses an XML 1.0 document in UTF-8. Document types are refused, so no entity can refer to a file or expand to a
 * multiple of its size.
 *
 * @returns the root element
 * @throws {WireError} `malformed`. The message names the position, never the content
 */
export function parseXml(body: Uint8Array): XmlElement {
  const source = decodeUtf8(body);
  if (source === undefined) throw new WireError('malformed', 'Cannot read the body: it is not UTF-8');
  // All line breaks become line feeds (XML 1.0 §2.11).
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  const open: OpenElement[] = [];
  const openTags: string[] = [];
  let root: XmlElement | undefined;
  let position = 0;

  const malformed = (reason: string) =>
    new WireError('malformed', `Cannot parse the XML body: ${reason} at ${lineAndColumn(text, position)}`);

  const match = (pattern: RegExp) => {
    pattern.lastIndex = position;
    const found = pattern.exec(text);
    if (found !== null) position = pattern.lastIndex;
    return found;
  };

  /** Consumes the text up to the terminator, and the terminator. @returns the text between */
  const until = (skipped: number, terminator: string) => {
    const end = text.indexOf(terminator, position + skipped);
    if (end === -1) throw malformed('unfinished markup');
    const content = text.slice(position + skipped, end);
    position = end + terminator.length;
    return content;
  };

  const addText = (content: string) => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.text += content;
    else if (nonSpace.test(content)) throw malformed('text outside of the root element');
  };

  const resolved = (content: string) => {
    const plain = resolveReferences(content);
    if (plain === undefined) throw malformed('bad reference');
    return plain;
  };

  const readAttributes = (): XmlElement['attributes'] => {
    let attributes: Map<string, string> | undefined;
    for (let found = match(attribute); found !== null; found = match(attribute)) {
      const [, name = '', doubleQuoted, singleQuoted = ''] = found;
      attributes ??= new Map();
      if (attributes.has(name)) throw malformed('repeated attribute');
      attributes.set(name, resolved((doubleQuoted ?? singleQuoted).replace(/[\t\n]/g, ' ')));
    }
    return attributes ?? noAttributes;
  };

  const readStartTag = () => {
    const tag = match(startTag)?.[1];
    if (tag === undefined || (root !== undefined && open.length === 0)) throw malformed('unexpected markup');
    if (open.length === maxDepth) throw malformed(`elements nested deeper than ${maxDepth}`);
    const element = { name: localName(tag), attributes: readAttributes(), children: [], text: '' };
    const end = match(tagEnd);
    if (end === null) throw malformed('bad attribute');
    open.at(-1)?.children.push(element);
    root ??= element;
    if (end[1] !== '') return;
    open.push(element);
    openTags.push(tag);
  };

  const readMarkup = () => {
    if (text.startsWith('</', position)) {
      const tag = match(endTag)?.[1];
      if (tag === undefined || openTags.pop() !== tag) throw malformed('unexpected end tag');
      open.pop();
    } else if (text.startsWith('<!--', position)) {
      until(4, '--');
      if (text[position++] !== '>') throw malformed('bad comment');
    } else if (text.startsWith('<![CDATA[', position) && open.length > 0) {
      addText(until(9, ']]>'));
    } else if (text.startsWith('<?', position)) {
      // During a long operation S3 sends spaces, and then the declaration, which XML would want to be first.
      const isFirst = position === text.search(nonSpace);
      if (/^xml[\t\n ]/i.test(until(2, '?>')) && !isFirst) throw malformed('misplaced XML declaration');
    } else {
      readStartTag();
    }
  };

  position = Math.max(0, text.search(forbidden));
  if (forbidden.test(text)) throw malformed('forbidden character');
  while (position < text.length) {
    const next = text.indexOf('<', position);
    const end = next === -1 ? text.length : next;
    if (end > position) {
      const content = text.slice(position, end);
      if (content.includes(']]>')) throw malformed('bad text');
      addText(resolved(content));
      position = end;
    }
    if (next !== -1) readMarkup();
  }
  if (root === undefined || open.length > 0) throw malformed('unexpected end');
  return root;
}
