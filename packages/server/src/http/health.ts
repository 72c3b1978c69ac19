import type { WireResponse } from '@latchkey/wire';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';
import type { IncomingRequest, Route } from './route.ts';

/**
 * `/healthz`: whether the process answers. `/readyz`: whether it should get requests. `/metrics`: metrics for Prometheus.
 *
 * @param metrics - `undefined` where they have an address of their own
 */
export function healthRoutes(metrics: Metrics | undefined, readiness: Readiness): readonly Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => plain(200, 'ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      handle: async () => {
        const obstacle = await readiness.findObstacle();
        return obstacle === undefined ? plain(200, 'ok\n') : plain(503, `${obstacle}\n`);
      },
    },
    ...(metrics === undefined
      ? []
      : [{ method: 'GET', path: '/metrics', handle: () => answerMetrics(metrics) } as const]),
  ];
}

/** Answers every request to the address that serves nothing but `/metrics`. */
export function answerOnlyMetrics({ method, path }: IncomingRequest, metrics: Metrics): WireResponse {
  if (path !== '/metrics') return plain(404, 'Only /metrics is here\n');
  if (method === 'GET' || method === 'HEAD') return answerMetrics(metrics);
  const refused = plain(405, 'This address takes GET and HEAD\n');
  return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
}

function answerMetrics(metrics: Metrics): WireResponse {
  return plain(200, metrics.render(), 'text/plain; version=0.0.4; charset=utf-8');
}

function plain(status: number, body: string, contentType = 'text/plain; charset=utf-8'): WireResponse {
  return { status, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, body };
}
