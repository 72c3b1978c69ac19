import type { Made, MakeRequest } from '../making.ts';
import type { Tools } from '../tools.ts';
import { redirect } from './redirect.ts';
import { makeReferencePage } from './reference/make-reference-page.ts';
import { makeServiceListPage } from './service-list-page.ts';
import { makeServicePage } from './service-page.ts';

/**
 * The pages of the module server.
 *
 * @returns undefined when there is none at the path
 */
export async function makePage(request: MakeRequest, tools: Tools): Promise<Made | undefined> {
  const { path, query } = request;
  if (path === '/v0.4' || path === '/v0.4/') return redirect('/v0.4/services');
  if (path === '/v0.4/services' || path === '/v0.4/services/') return makeServiceListPage(query, tools);
  return (await makeReferencePage(request, tools)) ?? makeServicePage(request, tools);
}
