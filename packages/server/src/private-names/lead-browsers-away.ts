import type { Config } from '../config/config.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { Router } from '../http/router.ts';
import { wantsPage } from '../unserved/aws-client.ts';
import { awsHostNames, hostNameOf } from './host-names.ts';

/**
 * Sends browsers that come by one of AWS's own host names on to `baseUrl`, where cookies and forms belong. Such a browser was
 * sent by a program: AWS CLIs open `/authorize` at the host name that they know for SSO OIDC.
 */
export function leadBrowsersAway(
  router: Router,
  { baseUrl, instance }: Pick<Config, 'baseUrl' | 'instance'>,
): Router {
  const own = new URL(baseUrl).hostname;
  const names = new Set(awsHostNames(instance.region).filter((name) => name !== own));
  const isAstray = (request: IncomingRequest) =>
    names.has(hostNameOf(request.headers['host'])) &&
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.path.startsWith('/') &&
    wantsPage(request) &&
    !router.isOperation(request);
  return {
    isOperation: (request) => router.isOperation(request),
    async answer(request) {
      if (!isAstray(request)) return router.answer(request);
      const query = request.query === '' ? '' : `?${request.query}`;
      const headers = { location: `${baseUrl}${request.path}${query}`, 'cache-control': 'no-store' };
      return { operation: 'private-name', response: { status: 302, headers, body: '' } };
    },
  };
}
