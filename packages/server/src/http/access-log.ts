import { LogPace } from '../limits/log-pace.ts';
import type { Logger } from '../log/logger.ts';
import type { Metrics } from './metrics.ts';
import type { IncomingRequest, ServedResponse } from './route.ts';
import type { Router } from './router.ts';

/** The statuses with which a tree of paths answers for what is there. The name of something that is there is no secret. */
const FOUND = [200, 304];

/**
 * Answers as the router does, and records each request in the log and in the metrics. Advice for whoever runs the server is
 * logged once a minute.
 *
 * @param renderPath - renders a path; those of what a tree of paths has are logged as they are
 */
export function withAccessLog(
  router: Pick<Router, 'answer'>,
  {
    logger,
    metrics,
    renderPath,
    now,
  }: {
    readonly logger: Logger;
    readonly metrics: Metrics;
    readonly renderPath: (path: string) => string;
    readonly now: () => number;
  },
): (request: IncomingRequest) => Promise<ServedResponse> {
  const pace = new LogPace(now);
  return async (request) => {
    const startedAtMs = performance.now();
    const { response, operation, failure, advice } = await router.answer(request);
    const ms = Math.round((performance.now() - startedAtMs) * 10) / 10;
    const { method, origin } = request;
    const { address, requestId } = origin;
    const { status } = response;
    const isFound = operation.endsWith('/*') && FOUND.includes(status);
    const path = isFound ? request.path : renderPath(request.path);
    metrics.countRequest(operation, status, ms / 1000);
    if (failure !== undefined) logger.error({ err: failure, operation, requestId }, 'failed');
    const requests = advice === undefined ? undefined : pace.count(advice);
    if (requests !== undefined) logger.warn({ requests, address, requestId }, advice);
    logger.info({ method, path, operation, status, ms, address, requestId }, 'request');
    if (response.rest === undefined) return response;
    const onFailure = (failed: unknown) => logger.error({ err: failed, operation, requestId }, 'failed');
    return { ...response, rest: watch(response.rest, onFailure) };
  };
}

/** Passes the pieces of a response on, and tells when one cannot be made. */
async function* watch(
  rest: AsyncIterable<string>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<string> {
  try {
    yield* rest;
  } catch (error) {
    onFailure(error);
    throw error;
  }
}
