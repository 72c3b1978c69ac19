import type { WireResponse } from '@latchkey/wire';
import type { Logger } from '../log/logger.ts';
import type { Metrics } from './metrics.ts';
import type { IncomingRequest } from './route.ts';
import type { Router } from './router.ts';

/** Answers as the router does, and records each request in the log and in the metrics. */
export function withAccessLog(
  router: Pick<Router, 'answer'>,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): (request: IncomingRequest) => Promise<WireResponse> {
  return async (request) => {
    const startedAtMs = performance.now();
    const { response, operation, failure } = await router.answer(request);
    const ms = Math.round((performance.now() - startedAtMs) * 10) / 10;
    const { method, path, origin } = request;
    const { address, requestId } = origin;
    const { status } = response;
    metrics.countRequest(operation, status, ms / 1000);
    if (failure !== undefined) logger.error({ err: failure, operation, requestId }, 'failed');
    logger.info({ method, path, operation, status, ms, address, requestId }, 'request');
    return response;
  };
}
