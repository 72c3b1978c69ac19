import { listNearMatches } from '../../../config/near-match.ts';
import { nameInUrl } from '../../make-client-module.ts';
import type { Made, MakeRequest } from '../../making.ts';
import { parseServiceName } from '../../module-url.ts';
import { Problem } from '../../problem.ts';
import type { Tools } from '../../tools.ts';
import { redirect } from '../redirect.ts';
import { Addresses } from './addresses.ts';
import { makeOperationPage } from './operation-page.ts';
import { makeOverviewPage } from './overview-page.ts';
import { makeSearchPage } from './search-page.ts';
import type { ServiceDocs } from './service-docs.ts';
import { makeSymbolPage } from './symbol-page.ts';

/** `/v0.4/docs/ssooidc/CreateTokenRequest`, or with `SSOOIDC.createToken` for the page of an operation. */
const PATH = /^\/v0\.4\/docs(?:\/([^/]+)(?:\/([^/]+))?)?\/?$/;

/** The reference of services. @returns undefined when the path is not one of its pages */
export async function makeReferencePage(
  { path, query }: MakeRequest,
  tools: Tools,
): Promise<Made | undefined> {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const [, service, symbol] = match;
  if (service === undefined) return redirect('/v0.4/services');
  const docs = await openDocs(service, tools);
  if (symbol !== undefined) return makePageOf(symbol, docs);
  const words = new URLSearchParams(query).get('q')?.trim() ?? '';
  return words === '' ? makeOverviewPage(docs) : makeSearchPage(words, docs);
}

async function openDocs(segment: string, { baseUrl, library, references }: Tools): Promise<ServiceDocs> {
  const service = parseServiceName(segment);
  const wanted = service?.extension === undefined && service !== undefined ? service : { name: segment };
  const { entry, file } = await library.get(wanted);
  const [index, runtime] = await Promise.all([references.read(file), references.runtime()]);
  return {
    index,
    reference: index.reference,
    addresses: new Addresses(index, { name: nameInUrl(entry, wanted), baseUrl }),
    runtime,
    versions: entry.files.map(({ version }) => version),
    sources: [{ path: file.path, mtimeMs: file.mtimeMs }],
  };
}

function makePageOf(name: string, docs: ServiceDocs): Promise<Made> | Made {
  const { addresses, index, reference } = docs;
  const symbol = index.findSymbol(name);
  if (symbol !== undefined) return makeSymbolPage(symbol, docs);
  const named = index.findOperationOfMethod(name) ?? index.findOperation(name);
  const [first] = named?.methods ?? [];
  if (first !== undefined) return redirect(addresses.method(index.findOperation(name) ? first.name : name));
  const [className, method = ''] = name.split('.');
  const operation = className === reference.client.name ? index.findOperationOfMethod(method) : undefined;
  if (operation === undefined) throw notFound(name, docs);
  return operation.methods[0]?.name === method
    ? makeOperationPage(operation, docs)
    : redirect(addresses.method(method));
}

function notFound(name: string, { addresses, reference }: ServiceDocs): Problem {
  const { client, symbols } = reference;
  const methods = client.operations.flatMap((operation) =>
    operation.methods.map((method) => `${client.name}.${method.name}`),
  );
  const near = listNearMatches(name, name.includes('.') ? methods : symbols.map((symbol) => symbol.name));
  return new Problem(
    404,
    `${addresses.name} has no symbol "${name}"`,
    `${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}All there are: ${addresses.overview}`,
    { near: near.map((each) => ({ name: each, href: addresses.symbol(each) })) },
  );
}
