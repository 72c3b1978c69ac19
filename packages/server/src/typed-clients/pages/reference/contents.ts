import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';
import { groupSymbols } from './symbol-groups.ts';

/** Groups with at most this many names are unfolded. */
const MAX_OPEN = 24;

interface Name {
  readonly name: string;
  readonly label: string;
  readonly href: string;
}

/** The list of all pages of the service, shown beside each of them; folded on a phone. `tabindex` lets keys scroll it. */
export function renderContents(docs: ServiceDocs, current: string | undefined): Html {
  const { urls, reference } = docs;
  const { client, symbols } = reference;
  const operations = client.operations.flatMap(({ methods: [first] }) =>
    first === undefined
      ? []
      : [{ name: `${client.name}.${first.name}`, label: first.name, href: urls.method(first.name) }],
  );
  const groups = groupSymbols(symbols).map(({ title, symbols }) =>
    renderGroup(
      title,
      symbols.map(({ name }) => ({ name, label: name, href: urls.symbol(name) })),
      current,
    ),
  );
  return html`<nav class="contents" aria-label="Contents of ${client.name}" tabindex="0">
<details>
<summary>Contents of ${client.name}</summary>
<ul>
<li>${renderName({ name: client.name, label: client.name, href: urls.symbol(client.name) }, current)}</li>
</ul>
${renderGroup('Operations', operations, current)}
${groups}
</details>
</nav>`;
}

function renderGroup(title: string, names: readonly Name[], current: string | undefined): Html {
  const isOpen = names.length <= MAX_OPEN || names.some(({ name }) => name === current);
  return html`<details${isOpen && html` open`}>
<summary>${title} <small>${names.length}</small></summary>
<ul>
${names.map(
  (name) => html`<li>${renderName(name, current)}</li>
`,
)}</ul>
</details>
`;
}

function renderName({ name, label, href }: Name, current: string | undefined): Html {
  return html`<a href="${href}"${name === current && html` aria-current="page"`}>${label}</a>`;
}
