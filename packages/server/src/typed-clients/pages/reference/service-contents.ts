import type { Html } from '../../../web/html.ts';
import { type ContentsGroup, renderContents } from './contents.ts';
import type { ServiceDocs } from './service-docs.ts';
import { groupSymbols } from './symbol-groups.ts';

/** The contents of a service's reference. */
export function renderServiceContents(docs: ServiceDocs, current: string | undefined): Html {
  const { urls, reference } = docs;
  const { name } = reference.client;
  return renderContents({
    of: name,
    overview: urls.overview,
    first: { name, label: name, href: urls.symbol(name) },
    groups: groupNames(docs),
    current,
  });
}

function groupNames({ urls, reference: { client, symbols } }: ServiceDocs): readonly ContentsGroup[] {
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
