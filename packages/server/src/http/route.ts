import type { WireRequest, WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';

/** A request with what the HTTP layer knows of where it came from. */
export interface IncomingRequest extends WireRequest {
  readonly origin: Origin;
  /** The body was longer than is taken, and has been left out. */
  readonly oversized: boolean;
}

export type Handler = (request: IncomingRequest, context: Context) => WireResponse | Promise<WireResponse>;

/** One method and path. A `GET` route answers `HEAD` too, unless a `HEAD` route stands beside it. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** One exact path, or with `/*` at its end everything below it that has no route of its own. */
  readonly path: string;
  readonly handle: Handler;
}
