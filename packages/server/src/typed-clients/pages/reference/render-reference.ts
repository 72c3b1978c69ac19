import { wireSyntax } from '@latchkey/codegen';
import { listNearMatches } from '../../../config/near-match.ts';
import { HttpProblem } from '../../http-problem.ts';
import { type PathParameters, parseServiceName } from '../../module-url.ts';
import type { RenderContext } from '../../render-context.ts';
import type { Rendered, RenderRequest } from '../../render-messages.ts';
import { redirect } from '../../rendered-answers.ts';
import { nameInUrl } from '../../service-entry.ts';
import { renderListPage } from './list-page.ts';
import { NAMES, renderServiceNames } from './names.ts';
import { renderOperationPage } from './operation-page.ts';
import { renderOverviewPage } from './overview-page.ts';
import { ReferenceUrls } from './reference-urls.ts';
import type { ServiceDocs } from './service-docs.ts';
import { renderSymbolPage } from './symbol-page.ts';
import { renderWirePage } from './wire-page.ts';

/**
 * A page of a service's reference: `/v0.4/docs/ssooidc`, `/v0.4/docs/ssooidc/CreateTokenRequest`, or
 * `/v0.4/docs/ssooidc/SSOOIDC.createToken` for an operation.
 *
 * @throws {HttpProblem} when there is no such service or symbol
 */
export async function renderReference(
  { query }: RenderRequest,
  { service = '', symbol }: PathParameters,
  context: RenderContext,
): Promise<Rendered> {
  const docs = await openDocs(service, context);
  if (symbol === NAMES) return renderServiceNames(docs);
  if (symbol !== undefined) return renderPageOf(symbol, docs);
  const words = new URLSearchParams(query).get('q')?.trim() ?? '';
  if (words === '') return renderOverviewPage(docs);
  return redirect(
    `/v0.4/search?${new URLSearchParams({ q: `in:${docs.urls.module.replace(/^.*\//, '').replace(/@.*$/, '')} ${words}` })}`,
  );
}

/**
 * The page of an operation on the wire: `/v0.4/docs/ssooidc/SSOOIDC.createToken/wire`.
 *
 * @throws {HttpProblem} when there is no such service or operation
 */
export async function renderWire(
  _request: RenderRequest,
  { service = '', symbol = '' }: PathParameters,
  context: RenderContext,
): Promise<Rendered> {
  const docs = await openDocs(service, context);
  const { index, urls } = docs;
  const method = symbol.replace(`${docs.reference.client.name}.`, '');
  const operation = index.findOperationOfMethod(method) ?? index.findOperation(method);
  const [first] = operation?.methods ?? [];
  if (operation === undefined || first === undefined) throw notFound(symbol, docs);
  const page = urls.wire(first.name);
  return page.endsWith(`/${encodeURIComponent(symbol)}/wire`)
    ? renderWirePage(operation, docs)
    : redirect(page);
}

async function openDocs(
  segment: string,
  { baseUrl, library, references }: RenderContext,
): Promise<ServiceDocs> {
  const service = parseServiceName(segment);
  const wanted = service?.extension === undefined && service !== undefined ? service : { name: segment };
  const { entry, file } = await library.get(wanted);
  const index = await references.read(file);
  return {
    index,
    reference: index.reference,
    urls: new ReferenceUrls(index, { name: nameInUrl(entry, wanted), baseUrl }),
    versions: entry.files.map(({ version }) => version),
    sources: [{ path: file.path, mtimeMs: file.mtimeMs }],
    wireOf: async (operation) => wireSyntax(await library.read(file), file.serviceId, operation),
  };
}

function renderPageOf(name: string, docs: ServiceDocs): Promise<Rendered> | Rendered {
  const { urls, index, reference } = docs;
  const symbol = index.findSymbol(name);
  if (symbol !== undefined) return renderSymbolPage(symbol, docs);
  const named = index.findOperationOfMethod(name) ?? index.findOperation(name);
  const [first] = named?.methods ?? [];
  if (first !== undefined) return redirect(urls.method(index.findOperation(name) ? first.name : name));
  const [className, method = ''] = name.split('.');
  const operation = className === reference.client.name ? index.findOperationOfMethod(method) : undefined;
  if (operation === undefined) {
    const list = renderListPage(name, docs);
    if (list === undefined) throw notFound(name, docs);
    return list;
  }
  return operation.methods[0]?.name === method
    ? renderOperationPage(operation, docs)
    : redirect(urls.method(method));
}

function notFound(name: string, { urls, reference }: ServiceDocs): HttpProblem {
  const { client, symbols } = reference;
  const methods = client.operations.flatMap((operation) =>
    operation.methods.map((method) => `${client.name}.${method.name}`),
  );
  const near = listNearMatches(name, name.includes('.') ? methods : symbols.map((symbol) => symbol.name));
  return new HttpProblem(404, `${urls.name} has no symbol "${name}"`, `All symbols: ${urls.overview}`, {
    wanted: name.replace(/^.*\./, ''),
    near: near.map((each) => ({ name: each, href: urls.symbol(each) })),
  });
}
