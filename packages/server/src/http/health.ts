import type { WireResponse } from '@latchkey/wire';
import type { Metrics } from './metrics.ts';
import type { Route } from './route.ts';

/** `/healthz`: whether the process answers. `/readyz`: whether its store does, too. `/metrics`: metrics for Prometheus. */
export function healthRoutes(metrics: Metrics): readonly Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => plain(200, 'ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      handle: async (_request, context) => {
        try {
          await context.store.check();
          return plain(200, 'ok\n');
        } catch {
          return plain(503, 'The store cannot be written: see the log of the server\n');
        }
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
