import { html, raw } from 'hono/html';
import type { Html } from '../../web/html.ts';

/** Characters that fit into a line of code in a window of 320 px, beside the button that copies it. */
const LINE = 20;
/** Characters that fit into a line of code or prose in any window from 720 px on. What is no longer wraps on narrower ones alone. */
export const WIDE_LINE = 62;
/** Characters that fit into a heading of 280 px, what a window of 320 px leaves. */
const HEADING_LINE = 16;
/** Before `Configuration`, before `Service` of `OIDCService`, and before `TOKEN` of `ACCESS_TOKEN`. */
const START_OF_WORD = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=_)(?=[A-Za-z0-9])/;
/**
 * After what opens, after a dot, a colon and a step of a path, and before a parameter of a query; not before an extension. Within a
 * host, before a dot, which says that it goes on, but not before the last one: `sts.us-east-1` and `.amazonaws.com`.
 */
const START_OF_PART =
  /(?<=\w(?:[(#[]|&lt;)|(?<!\/\/[\w.-]*)[\w)\]]\.|[\w)\]]:|[^/]\/)(?=[A-Za-z])(?!ts\b)|(?<=\/\/[\w.-]*\w)(?=\.[\w-]+\.)|(?=&amp;)/;

/** What has no places to break: source, and what is only spoken, in which a place to break is heard as a space. */
const WHOLE = /^<(?:pre class="source"|span class="spoken")/;
/** Code that doesn't wrap and what is only spoken; text without a space, in which elements of text may begin and end; other tags. */
const PIECES =
  /<pre class="source".*?<\/pre>|<span class="spoken">.*?<\/span>|(?:(?!<span class="spoken">)<\/?(?:a|b|bdi|code|em|i|mark|span|strong)\b[^>]*>|[^\s<]|\u00a0)+|<[^>]*>/gs;
const TAG = /<[^>]*>/g;
const TAG_OR_TEXT = /<[^>]*>|[^<]+/g;
const ENTITY = /&#?\w+;/g;

/** Lets the long names and addresses in a page wrap where a reader would: before `Configuration`, and not within it. */
export function breakable(markup: Html): Html {
  return raw(
    String(markup).replaceAll(PIECES, (piece) => (WHOLE.test(piece) ? piece : breakText(piece))),
  ) as Html;
}

/** The heading of a page about the name. */
export function nameHeading(name: string): Html {
  const lines = joinWords(name.split(START_OF_WORD), HEADING_LINE);
  return html`<h1>${lines.map((line, index) => html`${index > 0 && raw('<wbr>')}${line}`)}</h1>`;
}

function breakText(markup: string): string {
  const text = markup.replaceAll(TAG, '');
  if (lengthOf(text) <= LINE) return markup;
  const lines = text
    .split(START_OF_PART)
    .flatMap((part) => (lengthOf(part) <= LINE ? [part] : joinWords(part.split(START_OF_WORD), LINE)));
  return insertBreaks(markup, lines, lengthOf(text) <= WIDE_LINE ? '<wbr>' : '<wbr class="wide">');
}

/** Joins words to lines that are as long as they may be. */
function joinWords(words: readonly string[], longest: number): readonly string[] {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && lengthOf(line) + lengthOf(word) > longest) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines;
}

/** @param lines - the text of the markup */
function insertBreaks(markup: string, lines: readonly string[], place: string): string {
  const starts = lines.slice(1).map((_, index) => lines.slice(0, index + 1).join('').length);
  let end = 0;
  return markup.replaceAll(TAG_OR_TEXT, (piece) => {
    if (piece.startsWith('<')) return piece;
    const from = end;
    end += piece.length;
    const places = starts.filter((start) => start > from && start <= end).map((start) => start - from);
    return [0, ...places].map((start, index) => piece.slice(start, places[index])).join(place);
  });
}

function lengthOf(text: string): number {
  return text.replaceAll(ENTITY, ' ').length;
}
