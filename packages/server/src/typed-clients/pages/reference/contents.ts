import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';

/** Contents with at most this many names are unfolded as a whole. */
const MAX_OPEN = 24;
/** Names shown before and after the current one. */
const NEIGHBOURS = 8;
/** Characters of all names together that contents have. What is beyond them is on the overview. */
const MAX_CHARACTERS = 20_000;
/** Characters of a name's markup, besides the name itself, once as text and once in its link. */
const MARKUP = 40;

interface Name {
  readonly name: string;
  readonly label: string;
  readonly href: string;
}

export interface ContentsGroup {
  /** HTML id of the group on the overview. */
  readonly id: string;
  readonly title: string;
  readonly names: readonly Name[];
}

export interface Contents {
  /** What they are the contents of. */
  readonly of: string;
  /** The page that has all names. */
  readonly overview: string;
  /** A name that stands before all groups. */
  readonly first?: Name;
  readonly groups: readonly ContentsGroup[];
  /** The name that the page is about. */
  readonly current: string | undefined;
}

/**
 * Contents, shown beside each page of a reference: the group of the current page is open around that page, the others are
 * folded. All of them are folded on a phone. `tabindex` lets keys scroll them. The script filters them by what somebody
 * types; without it the form searches them.
 */
export function renderContents({ current, first, groups, of, overview }: Contents): Html {
  const room = new Room();
  const isShort = groups.reduce((sum, { names }) => sum + names.length, 0) <= MAX_OPEN;
  const own = groups.find(({ names }) => names.some(({ name }) => name === current));
  // The current group takes its room first.
  const ownMarkup = own && renderOwnGroup(own, current, { overview, room });
  return html`<nav class="contents" aria-label="Contents of ${of}" tabindex="0">
<details>
<summary>Contents of ${of}</summary>
<form class="filter" action="${overview}">
<label class="spoken" for="contents-filter">Filter the contents</label>
<input id="contents-filter" name="q" type="search" placeholder="Filter" maxlength="200" autocomplete="off" spellcheck="false">
</form>
<ul>
<li><a href="${overview}"${current === undefined && html` aria-current="page"`}>Overview</a></li>
${first && html`<li>${renderName(first, current)}</li>`}
</ul>
${groups.map((group) => (group === own ? ownMarkup : renderOtherGroup(group, isShort, { overview, room })))}
</details>
</nav>`;
}

interface Surroundings {
  readonly overview: string;
  readonly room: Room;
}

/** What is left of the characters that contents may have. */
class Room {
  #left = MAX_CHARACTERS;

  /** @returns whether the names fit; then they have taken their room */
  take(names: readonly Name[]): boolean {
    const needed = names.reduce((sum, { href, label }) => sum + href.length + label.length + MARKUP, 0);
    if (needed > this.#left) return false;
    this.#left -= needed;
    return true;
  }
}

/** The group of the current page: its neighbours are shown, and what is before and after them is folded. */
function renderOwnGroup(
  { id, names, title }: ContentsGroup,
  current: string | undefined,
  around: Surroundings,
): Html {
  const place = names.findIndex(({ name }) => name === current);
  const isWhole = names.length <= MAX_OPEN;
  const start = isWhole ? 0 : Math.max(0, place - NEIGHBOURS);
  const end = isWhole ? names.length : place + NEIGHBOURS + 1;
  const shown = names.slice(start, end);
  around.room.take(shown);
  return html`<details open>
<summary>${title} <small>${names.length}</small></summary>
${renderFold(names.slice(0, start), 'before', id, around)}
${renderNames(shown, current)}
${renderFold(names.slice(end), 'after', id, around)}
</details>
`;
}

function renderFold(
  names: readonly Name[],
  where: 'before' | 'after',
  id: string,
  { overview, room }: Surroundings,
): Html | undefined {
  if (names.length === 0) return undefined;
  const text = `${names.length} ${where}`;
  if (!room.take(names)) return html`<p class="beyond fold"><a href="${overview}#${id}">${text}</a></p>`;
  return html`<details class="fold">
<summary>${text}</summary>
${renderNames(names, undefined)}
</details>`;
}

function renderOtherGroup(
  { id, names, title }: ContentsGroup,
  isOpen: boolean,
  { overview, room }: Surroundings,
): Html {
  const heading = html`${title} <small>${names.length}</small>`;
  if (!room.take(names))
    return html`<p class="beyond"><a href="${overview}#${id}">${heading}</a></p>
`;
  return html`<details${isOpen && html` open`}>
<summary>${heading}</summary>
${renderNames(names, undefined)}
</details>
`;
}

function renderNames(names: readonly Name[], current: string | undefined): Html {
  return html`<ul>
${names.map(
  (name) => html`<li>${renderName(name, current)}</li>
`,
)}</ul>`;
}

function renderName({ name, label, href }: Name, current: string | undefined): Html {
  return html`<a href="${href}"${name === current && html` aria-current="page"`}>${label}</a>`;
}
