import { Parser } from 'htmlparser2';

export type HtmlNode = string | HtmlElement;

export interface HtmlElement {
  /** Tag name in lower case. */
  readonly tag: string;
  readonly href: string | undefined;
  readonly children: readonly HtmlNode[];
  /** Start tag and end tag as written; empty where the end tag is missing. */
  readonly source: { readonly start: string; readonly end: string };
}

interface OpenElement {
  readonly tag: string;
  readonly href: string | undefined;
  readonly children: HtmlNode[];
  readonly source: { readonly start: string; end: string };
}

/** Maximum depth of elements. Deeper ones are replaced by their content; no real text nests so deep. */
const maxDepth = 50;

/** Parses HTML as leniently as a browser. Never throws. */
export function htmlNodes(text: string): readonly HtmlNode[] {
  const root: HtmlNode[] = [];
  const open: OpenElement[] = [];
  const parser = new Parser({
    onopentag(tag, { href }) {
      const siblings = open.at(-1)?.children ?? root;
      const source = { start: text.slice(parser.startIndex, parser.endIndex + 1), end: '' };
      const isTooDeep = open.length >= maxDepth;
      const element: OpenElement = { tag, href, children: isTooDeep ? siblings : [], source };
      if (!isTooDeep) siblings.push(element);
      open.push(element);
    },
    onclosetag(_tag, isImplied) {
      const element = open.pop();
      if (element && !isImplied) element.source.end = text.slice(parser.startIndex, parser.endIndex + 1);
    },
    ontext(data) {
      (open.at(-1)?.children ?? root).push(data);
    },
  });
  parser.end(text);
  return root;
}
