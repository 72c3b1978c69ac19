import {
  createServerProtocol,
  ModeledError,
  type ServerError,
  type ServerProtocol,
  type ServiceSchema,
  type StructureValue,
  WireError,
  type WireResponse,
} from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { IncomingRequest } from './route.ts';

/** What a handler of an operation is given besides its input. */
export interface Call {
  readonly context: Context;
  readonly request: IncomingRequest;
}

/** An API of ours: its model, what its operations do, and how it words what the protocol or the rules refuse. */
export interface ApiDefinition {
  readonly service: ServiceSchema;
  /** By operation name. */
  readonly handlers: Readonly<Record<string, (input: never, call: Call) => object | Promise<object>>>;
  /** The modelled error for a refusal; `undefined` for what is nobody's doing but ours, which is answered as a 500. */
  readonly translate: (refusal: unknown, protocol: ServerProtocol) => ServerError | undefined;
  /** The error for a request that is meant for this API, though it has no operation for it. */
  readonly unmatched?: (request: IncomingRequest) => ServerError | undefined;
  /** Answered when something fails that should not. */
  readonly internalError: ServerError;
  /** Content types, in lower case, that are read as `application/json` is. */
  readonly jsonTypes?: readonly string[];
  /** Whether what comes as a body is not looked at, as no operation takes one. */
  readonly ignoresBody?: boolean;
  /** Whether JSON error bodies name their type, too. */
  readonly errorTypeInBody?: boolean;
}

/** An API that can be asked whether a request is for it. */
export interface Api {
  /** @returns what answers the request; `undefined` when no operation has its method, path and query */
  match(request: IncomingRequest): (() => Promise<ApiAnswer>) | undefined;
}

export interface ApiAnswer {
  readonly operation: string;
  readonly response: WireResponse;
  /** What failed, where the answer is a 500. */
  readonly failure?: unknown;
}

/** Joins a model with its handlers: decode and validate, call, encode; and every error in the protocol's form. */
export function createApi(definition: ApiDefinition, context: Context): Api {
  const { service, handlers, jsonTypes = [], ignoresBody = false, errorTypeInBody = false } = definition;
  const protocol = createServerProtocol(service, { errorTypeInBody });
  const asModeled = (error: unknown) =>
    error instanceof ModeledError ? error : definition.translate(error, protocol);
  return {
    match(request) {
      const operation = protocol.match(request);
      const metadata = { requestId: request.origin.requestId, accept: request.headers.accept };
      if (operation === undefined) {
        const error = definition.unmatched?.(request);
        if (error === undefined) return undefined;
        return async () => ({
          operation: 'unknown',
          response: unstored(protocol.renderError(error, metadata)),
        });
      }
      const handle = handlers[operation.name];
      if (handle === undefined) throw new TypeError(`${service.name} has no handler for ${operation.name}`);
      return async () => {
        try {
          const read = ignoresBody ? withoutBody(request) : asJson(request, jsonTypes);
          const input = parseInput(protocol, operation, read);
          const output = await handle(input as never, { context, request });
          const response = unstored(protocol.renderOutput(operation, output, metadata));
          return { operation: operation.name, response };
        } catch (error) {
          const known = isOurFault(error) ? undefined : asModeled(error);
          const response = unstored(protocol.renderError(known ?? definition.internalError, metadata));
          return { operation: operation.name, response, ...(known === undefined && { failure: error }) };
        }
      };
    },
  };
}

function parseInput(
  protocol: ServerProtocol,
  operation: Parameters<ServerProtocol['parseInput']>[0],
  request: IncomingRequest,
): StructureValue {
  if (request.oversized)
    throw new WireError('malformed', 'The body is longer than 65536 bytes, the most that is taken');
  return protocol.parseInput(operation, request);
}

function withoutBody(request: IncomingRequest): IncomingRequest {
  return { ...request, body: new Uint8Array(), oversized: false };
}

function asJson(request: IncomingRequest, jsonTypes: readonly string[]): IncomingRequest {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (!jsonTypes.includes(type.trim().toLowerCase())) return request;
  return { ...request, headers: { ...request.headers, 'content-type': 'application/json' } };
}

/** An answer that does not fit our own model. */
function isOurFault(error: unknown): boolean {
  return error instanceof WireError && error.code === 'unwritable';
}

/** Answers hold tokens and credentials: no cache may keep them (RFC 6749 section 5.1). */
function unstored(response: WireResponse): WireResponse {
  const headers = { ...response.headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return { ...response, headers };
}
