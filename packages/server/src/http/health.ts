import type { WireResponse } from '@latchkey/wire';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';
import type { Route } from './route.ts';

/** `/healthz`: whether the process answers. `/readyz`: whether it should get requests. `/metrics`: metrics for Prometheus. */
export function healthRoutes(metrics: Metrics, readiness: Readiness): readonly Route[] {
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
    {
      method: 'GET',
      path: '/metrics',
      handle: () => plain(200, metrics.render(), 'text/plain; version=0.0.4; charset=utf-8'),
    },
  ];
}

function plain(status: number, body: string, contentType = 'text/plain; charset=utf-8'): WireResponse {
  return { status, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, body };
}
