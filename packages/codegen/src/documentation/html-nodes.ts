import { Parser } from 'htmlparser2';

export type HtmlNode = string | HtmlElement;

export interface HtmlElement {
  /** In lower case. */
  readonly tag: string;
  readonly href: string | undefined;
  readonly children: readonly HtmlNode[];
  /** The start tag as it is written, and the end tag, empty where it is not written. */
  readonly source: { readonly start: string; readonly end: string };
}

interface OpenElement {
  readonly tag: string;
  readonly href: string | undefined;
  readonly children: HtmlNode[];
  readonly source: { readonly start: string; end: string };
}

/** Elements nested deeper count as what they hold: nobody nests so deep who means it. */
const maxDepth = 50;

/** Reads HTML as forgivingly as a browser does. Never throws. */
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
