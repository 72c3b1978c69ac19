import type { WireRequest, WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import type { Refusal } from './refusal.ts';

/** Limit of a request body. The largest that a real client sends is some 6 KiB. */
export const MAX_BODY_BYTES = 65_536;

/** A request, and where it came from. */
export interface IncomingRequest extends WireRequest {
  readonly origin: Origin;
  /** Whether the body was longer than `MAX_BODY_BYTES`; `body` is empty then. */
  readonly oversized: boolean;
  /** Why the request is not handled; `body` is empty then. Absent: it is handled. */
  readonly refusal?: Refusal;
}

export type RefusedRequest = IncomingRequest & Required<Pick<IncomingRequest, 'refusal'>>;

/** A response that may be longer than is held in memory: `rest` follows the body, made as fast as the client reads. */
export interface ServedResponse extends WireResponse {
  readonly rest?: AsyncIterable<string>;
}

export type Handler = (
  request: IncomingRequest,
  context: Context,
) => ServedResponse | Promise<ServedResponse>;

/** What answers one method and path. A `GET` route answers `HEAD`, too, unless the path has a `HEAD` route. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** An exact path; or, ending in `/*`, every path below it that no other route has. */
  readonly path: string;
  readonly handle: Handler;
}
