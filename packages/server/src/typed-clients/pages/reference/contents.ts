import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';
import { groupSymbols } from './symbol-groups.ts';

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

interface Group {
  /** HTML id of the group on the overview. */
  readonly id: string;
  readonly title: string;
  readonly names: readonly Name[];
}

/**
 * The contents of a service, shown beside each of its pages: the group of the current page is open around that page, the
 * others are folded. All of them are folded on a phone. `tabindex` lets keys scroll them. The script filters them by what
 * somebody types; without it the form searches the service.
 */
export function renderContents(docs: ServiceDocs, current: string | undefined): Html {
  const { urls, reference } = docs;
  const groups = groupNames(docs);
  const room = new Room();
  const isShort = groups.reduce((sum, { names }) => sum + names.length, 0) <= MAX_OPEN;
  const own = groups.find(({ names }) => names.some(({ name }) => name === current));
  // The current group takes its room first.
  const ownMarkup = own && renderOwnGroup(own, current, { docs, room });
  return html`<nav class="contents" aria-label="Contents of ${reference.client.name}" tabindex="0">
<details>
<summary>Contents of ${reference.client.name}</summary>
<form class="filter" action="${urls.overview}">
<label class="spoken" for="filter">Filter the contents</label>
<input id="filter" name="q" type="search" placeholder="Filter" maxlength="200" autocomplete="off" spellcheck="false">
</form>
<ul>
<li><a href="${urls.overview}"${current === undefined && html` aria-current="page"`}>Overview</a></li>
<li>${renderName({ name: reference.client.name, label: reference.client.name, href: urls.symbol(reference.client.name) }, current)}</li>
</ul>
${groups.map((group) => (group === own ? ownMarkup : renderOtherGroup(group, isShort, { docs, room })))}
</details>
</nav>`;
}

function groupNames({ urls, reference: { client, symbols } }: ServiceDocs): readonly Group[] {
  const operations = client.operations.flatMap(({ methods: [first] }) =>
    first === undefined
      ? []
      : [{ name: `${client.name}.${first.name}`, label: first.name, href: urls.method(first.name) }],
  );
  return [
    ...(operations.length === 0 ? [] : [{ id: 'all-operations', title: 'Operations', names: operations }]),
    ...groupSymbols(symbols).map((group) => ({
      ...group,
      names: group.symbols.map(({ name }) => ({ name, label: name, href: urls.symbol(name) })),
    })),
  ];
}

interface Surroundings {
  readonly docs: ServiceDocs;
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
  { id, names, title }: Group,
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
  { docs, room }: Surroundings,
): Html | undefined {
  if (names.length === 0) return undefined;
  const text = `${names.length} ${where}`;
  if (!room.take(names))
    return html`<p class="beyond fold"><a href="${docs.urls.overview}#${id}">${text}</a></p>`;
  return html`<details class="fold">
<summary>${text}</summary>
${renderNames(names, undefined)}
</details>`;
}

function renderOtherGroup({ id, names, title }: Group, isOpen: boolean, { docs, room }: Surroundings): Html {
  const heading = html`${title} <small>${names.length}</small>`;
  if (!room.take(names))
    return html`<p class="beyond"><a href="${docs.urls.overview}#${id}">${heading}</a></p>
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
