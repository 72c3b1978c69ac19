import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { type Api, type ApiDefinition, createApi } from './api.ts';
import type { Refusal } from './refusal.ts';
import type { IncomingRequest, Route, ServedResponse } from './route.ts';
import { unavailable } from './unavailable.ts';

/** The answer to a request, and what the log says of it. */
export interface Answer {
  readonly response: ServedResponse;
  /** The operation's name or the route's path; else `unserved`, `refused` or `unknown`, so that the number of names is bounded. */
  readonly operation: string;
  /** The internal failure, when the answer is a 500 or 503. */
  readonly failure?: unknown;
  /** What whoever runs the server should look at. */
  readonly advice?: string;
}

export interface Router {
  /** Never rejects. */
  answer(request: IncomingRequest): Promise<Answer>;
  /** Whether the request is for an API, not for a page. */
  isOperation(request: IncomingRequest): boolean;
}

/** The answers to requests for which there is no route or operation, and to failures of a route. */
export interface Fallbacks {
  /** Answers a call of an AWS API that is not here; `undefined` for any other request. */
  readonly unserved: (request: IncomingRequest) => WireResponse | undefined;
  readonly notFound: (request: IncomingRequest) => WireResponse | Promise<WireResponse>;
  readonly methodNotAllowed: (
    request: IncomingRequest,
    allowed: readonly string[],
  ) => WireResponse | Promise<WireResponse>;
  readonly tooLarge: (request: IncomingRequest) => WireResponse | Promise<WireResponse>;
  readonly failed: (request: IncomingRequest) => WireResponse | Promise<WireResponse>;
  /** Answers where the store cannot be reached. */
  readonly unavailable: (request: IncomingRequest, message: string) => WireResponse | Promise<WireResponse>;
  /** Answers a request that is refused. @param isOperation - whether it is for an API */
  readonly refused: (
    request: IncomingRequest,
    refusal: Refusal,
    isOperation: boolean,
  ) => WireResponse | Promise<WireResponse>;
}

const METHODS = ['GET', 'HEAD', 'POST'] as const;

/**
 * Finds what answers a request, in this order: an operation of an API, an API's refusal of an unknown operation, a route by
 * method and path.
 */
export function createRouter(
  context: Context,
  apis: readonly ApiDefinition[],
  routes: readonly Route[],
  fallbacks: Fallbacks,
): Router {
  const served: readonly Api[] = apis.map((definition) => createApi(definition, context));
  const byTarget = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  const trees = routes.filter(({ path }) => path.endsWith('/*'));
  const findMethod = (method: string, path: string) =>
    byTarget.get(`${method} ${path}`) ??
    trees.find((route) => route.method === method && path.startsWith(route.path.slice(0, -1)));
  const findRoute = (method: string, path: string) =>
    findMethod(method, path) ?? (method === 'HEAD' ? findMethod('GET', path) : undefined);
  const answers = (request: IncomingRequest, method: string) =>
    findCall({ ...request, method }) !== undefined || findRoute(method, request.path) !== undefined;

  async function answerRoute(route: Route, request: IncomingRequest): Promise<Answer> {
    const operation = route.path;
    try {
      const response = await (request.oversized
        ? fallbacks.tooLarge(request)
        : route.handle(request, context));
      return { operation, response };
    } catch (failure) {
      const response =
        failure instanceof StoreUnavailable
          ? unavailable(await fallbacks.unavailable(request, failure.message), failure)
          : await fallbacks.failed(request);
      return { operation, response, failure };
    }
  }

  async function answerUnknown(request: IncomingRequest): Promise<Answer> {
    const allowed = METHODS.filter((method) => answers(request, method));
    const response =
      allowed.length > 0 ? fallbacks.methodNotAllowed(request, allowed) : fallbacks.notFound(request);
    return { operation: 'unknown', response: await response };
  }

  function findCall(request: IncomingRequest): (() => Promise<Answer>) | undefined {
    const call = firstOf(served, (api) => api.match(request));
    if (call !== undefined) return call;
    const unserved = fallbacks.unserved(request);
    if (unserved !== undefined) return async () => ({ operation: 'unserved', response: unserved });
    return firstOf(served, (api) => api.refuse(request));
  }

  return {
    isOperation: (request) => findCall(request) !== undefined,
    async answer(request) {
      const call = findCall(request);
      const { refusal } = request;
      if (refusal !== undefined) {
        const response = await fallbacks.refused(request, refusal, call !== undefined);
        return { operation: 'refused', response };
      }
      if (call !== undefined) return call();
      const route = findRoute(request.method, request.path);
      return route === undefined ? answerUnknown(request) : answerRoute(route, request);
    },
  };
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
