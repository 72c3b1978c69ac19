import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';
import { groupSymbols } from './symbol-groups.ts';

/** A group of at most so many names stands open. */
const FEW = 24;

interface Name {
  readonly name: string;
  readonly label: string;
  readonly href: string;
}

/** Everything that has a page, beside each page of the service; on a phone behind one line. It can be scrolled by keys. */
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
  const isOpen = names.length <= FEW || names.some(({ name }) => name === current);
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
