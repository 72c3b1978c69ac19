import { html, raw } from 'hono/html';
import type { Html } from '../../../web/html.ts';

/** Fewer places than this are found without a list of them. */
const MIN_PLACES = 3;
/** Properties are listed, too, where there are at most this many. */
const MAX_MEMBERS = 40;

interface Place {
  /** HTML id, as it stands in markup. */
  readonly id: string;
  readonly isMember: boolean;
  /** Markup without elements. */
  readonly title: string;
}

/** What `heading`, sections and members write. */
const PLACE =
  /<h2 id="(?<heading>[^"]+)">(?<title>.*?)<\/h2>|<section (?<member>class="member" )?id="(?<section>[^"]+)">\s*<h[23]>(?<own>.*?)<\/h[23]>/gs;
/** The links `[src]` and `#` of a heading, and the number of what is under it. */
const EXTRAS = /<a class="(?:src|anchor)".*?<\/a>|<small>.*?<\/small>/gs;

/**
 * The list of the places of a page, read from its markup: what a page has and what it lists are then the same. It is folded
 * where it isn't beside the page. The script marks the place that is read.
 */
export function renderOnThisPage(main: Html): Html | undefined {
  const places = listPlaces(String(main));
  const members = places.filter(({ isMember }) => isMember).length;
  const shown = members > MAX_MEMBERS ? places.filter(({ isMember }) => !isMember) : places;
  if (shown.length < MIN_PLACES) return undefined;
  return html`<nav class="on-page" aria-label="On this page" tabindex="0">
<p aria-hidden="true">On this page</p>
<details>
<summary>On this page</summary>
<ul>
${shown.map(
  ({
    id,
    isMember,
    title,
  }) => html`<li${isMember && html` class="part"`}><a href="#${raw(id)}">${raw(title)}</a></li>
`,
)}</ul>
</details>
</nav>`;
}

function listPlaces(markup: string): readonly Place[] {
  return Array.from(markup.matchAll(PLACE), ({ groups = {} }) => {
    const { heading, member, own = '', section = '', title = own } = groups;
    const isMember = member !== undefined;
    return { id: heading ?? section, isMember, title: isMember ? section : textOf(title) };
  });
}

/** What a heading says, without the name of a type after it. */
function textOf(markup: string): string {
  return markup
    .replaceAll(EXTRAS, '')
    .replaceAll(/<[^>]*>/g, '')
    .replace(/:.*$/s, '')
    .trim();
}
