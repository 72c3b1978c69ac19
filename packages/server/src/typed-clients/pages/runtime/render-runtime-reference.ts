import { listNearMatches } from '../../../config/near-match.ts';
import { runtimeSymbols } from '../../../generated/runtime-reference.ts';
import { HttpProblem } from '../../http-problem.ts';
import type { PathParameters } from '../../module-url.ts';
import type { RenderContext } from '../../render-context.ts';
import type { Rendered, RenderRequest } from '../../render-messages.ts';
import { redirect } from '../../rendered-answers.ts';
import { findRuntimeSymbol, runtimeUrls, urlOfRuntimeName } from '../../runtime-reference/runtime-index.ts';
import { RUNTIME } from '../../runtime-reference/runtime-name.ts';
import { NAMES, renderNames } from '../reference/names.ts';
import { renderRuntimeOverviewPage } from './runtime-overview-page.ts';
import { renderRuntimeSymbolPage } from './runtime-symbol-page.ts';

/**
 * A page of the runtime's reference: `/v0.4/docs/client`, or `/v0.4/docs/client/CallOptions`. A member, such as
 * `ApiFactory.close`, is on the page of its symbol.
 *
 * @throws {HttpProblem} when there is no such export
 */
export async function renderRuntimeReference(
  { query }: RenderRequest,
  { symbol: id }: PathParameters,
  { baseUrl }: RenderContext,
): Promise<Rendered> {
  if (id === undefined) {
    const words = new URLSearchParams(query).get('q')?.trim() ?? '';
    if (words === '') return renderRuntimeOverviewPage(baseUrl);
    return redirect(`/v0.4/search?${new URLSearchParams({ q: `in:${RUNTIME} ${words}` })}`);
  }
  if (id === NAMES) {
    const names = runtimeSymbols.map((each) => ({ name: each.id, href: runtimeUrls.symbol(each.id) }));
    return renderNames(names, runtimeUrls.overview);
  }
  const symbol = findRuntimeSymbol(id);
  if (symbol !== undefined) return renderRuntimeSymbolPage(symbol, baseUrl);
  const member = urlOfRuntimeName(id);
  if (member !== undefined) return redirect(member);
  const near = listNearMatches(
    id,
    runtimeSymbols.map((each) => each.id),
  );
  throw new HttpProblem(404, `The runtime has no export "${id}"`, `All exports: ${runtimeUrls.overview}`, {
    wanted: id,
    near: near.map((each) => ({ name: each, href: runtimeUrls.symbol(each) })),
  });
}
