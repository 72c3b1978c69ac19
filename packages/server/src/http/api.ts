import {
  createServerProtocol,
  essenceOf,
  ModeledError,
  type ResponseMetadata,
  type ServerError,
  type ServerProtocol,
  type ServiceSchema,
  type StructureValue,
  WireError,
  type WireResponse,
} from '@latchkey/wire';
import type { Context } from '../context.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { type IncomingRequest, MAX_BODY_BYTES } from './route.ts';
import { unavailable } from './unavailable.ts';
import { unstored } from './unstored.ts';

/** The second argument of a handler, after its input. */
export interface Call {
  readonly context: Context;
  readonly request: IncomingRequest;
}

/** An API that Latchkey serves: its model, the handlers of its operations, and its errors. */
export interface ApiDefinition {
  readonly service: ServiceSchema;
  /** Name of the API in error messages. */
  readonly title: string;
  /** The SDK id (`aws.api#service`), e.g. `SSO OIDC`, after which settings of AWS clients are named. */
  readonly sdkId: string;
  /** By operation name. */
  readonly handlers: Readonly<Record<string, (input: never, call: Call) => object | Promise<object>>>;
  /** @returns the modelled error for what the protocol or the rules refuse; `undefined` for an internal failure */
  readonly translate: (refusal: unknown, protocol: ServerProtocol) => ServerError | undefined;
  /** @returns the error for a request that is meant for this API, but for no operation of it; `undefined` for any other */
  readonly unmatched?: (request: IncomingRequest) => ServerError | undefined;
  /** @returns what a request for an operation has lost on its way here; `undefined` where nothing seems lost */
  readonly findLoss?: (request: IncomingRequest) => Loss | undefined;
  /** The error for an internal failure, with what a client is told. */
  readonly internalError: (message: string) => ServerError;
  /** Content types, in lower case, that are read like `application/json`. */
  readonly jsonTypes?: readonly string[];
  /** Whether bodies are ignored, because no operation has one. */
  readonly ignoresBody?: boolean;
  /** Whether JSON error bodies have the error type, too, besides the header. */
  readonly errorTypeInBody?: boolean;
}

/** Something of a request that a proxy may have removed. */
export interface Loss {
  readonly error: ServerError;
  /** What whoever runs the server should look at. */
  readonly advice: string;
}

/** An API that finds out whether a request is for it. */
export interface Api {
  /** @returns what answers the request; `undefined` when no operation has its method, path and query */
  match(request: IncomingRequest): (() => Promise<ApiAnswer>) | undefined;
  /** @returns what refuses a request that is meant for this API, though no operation takes it; `undefined` for any other */
  refuse(request: IncomingRequest): (() => Promise<ApiAnswer>) | undefined;
}

export interface ApiAnswer {
  readonly operation: string;
  readonly response: WireResponse;
  /** The internal failure, when the answer is a 500 or 503. */
  readonly failure?: unknown;
  /** What whoever runs the server should look at. */
  readonly advice?: string;
}

/** Joins a model with its handlers: decodes and validates the input, calls the handler, encodes the output or the error. */
export function createApi(definition: ApiDefinition, context: Context): Api {
  const { service, handlers, jsonTypes = [], ignoresBody = false, errorTypeInBody = false } = definition;
  const protocol = createServerProtocol(service, { errorTypeInBody });
  const asModeled = (error: unknown) =>
    error instanceof ModeledError ? error : definition.translate(error, protocol);
  const renderError = (error: ServerError, request: IncomingRequest) =>
    unstored(protocol.renderError(withWholeCharacters(error), metadataFor(request)));
  return {
    match(request) {
      const operation = protocol.match(request);
      if (operation === undefined) return undefined;
      const metadata = metadataFor(request);
      const handle = handlers[operation.name];
      if (handle === undefined) throw new TypeError(`${service.name} has no handler for ${operation.name}`);
      return async () => {
        const loss = definition.findLoss?.(request);
        if (loss !== undefined) {
          const response = renderError(loss.error, request);
          return { operation: operation.name, response, advice: loss.advice };
        }
        try {
          const read = ignoresBody ? withoutBody(request) : asJson(request, jsonTypes);
          const input = parseInput(protocol, operation, read);
          const output = await handle(input as never, { context, request });
          const response = unstored(protocol.renderOutput(operation, output, metadata));
          return { operation: operation.name, response };
        } catch (error) {
          const known = isOurFault(error) ? undefined : asModeled(error);
          if (known !== undefined)
            return { operation: operation.name, response: renderError(known, request) };
          const response = failed(error, (message) =>
            renderError(definition.internalError(message), request),
          );
          return { operation: operation.name, response, failure: error };
        }
      };
    },
    refuse(request) {
      const unmatched = definition.unmatched?.(request);
      if (unmatched === undefined) return undefined;
      const error = (request.oversized ? asModeled(tooLong()) : undefined) ?? unmatched;
      return async () => ({ operation: 'unknown', response: renderError(error, request) });
    },
  };
}

/** The answer to an internal failure: 503 while the store cannot be reached, which AWS SDKs repeat, otherwise 500. */
function failed(failure: unknown, render: (message: string) => WireResponse): WireResponse {
  if (failure instanceof StoreUnavailable) return unavailable(render(failure.message), failure);
  return render('Something failed here: try again, and tell whoever runs this service if it goes on');
}

/** What an error quotes of a JSON body may have half of a surrogate pair, which no answer can be written with. */
function withWholeCharacters({ name, message, members = {}, ...rest }: ServerError): ServerError {
  const whole = Object.entries(members).map(([member, value]) => [
    member,
    typeof value === 'string' ? value.toWellFormed() : value,
  ]);
  return { ...rest, name, message: message.toWellFormed(), members: Object.fromEntries(whole) };
}

function metadataFor({ origin, headers }: IncomingRequest): ResponseMetadata {
  return { requestId: origin.requestId, accept: headers.accept };
}

function tooLong(): WireError {
  return new WireError(
    'malformed',
    `The body is longer than ${MAX_BODY_BYTES} bytes, the limit of a request`,
  );
}

function parseInput(
  protocol: ServerProtocol,
  operation: Parameters<ServerProtocol['parseInput']>[0],
  request: IncomingRequest,
): StructureValue {
  if (request.oversized) throw tooLong();
  return protocol.parseInput(operation, request);
}

function withoutBody(request: IncomingRequest): IncomingRequest {
  return { ...request, body: new Uint8Array(), oversized: false };
}

function asJson(request: IncomingRequest, jsonTypes: readonly string[]): IncomingRequest {
  if (!jsonTypes.includes(essenceOf(request.headers['content-type'] ?? ''))) return request;
  return { ...request, headers: { ...request.headers, 'content-type': 'application/json' } };
}

/** Whether a handler's output does not fit the model. */
function isOurFault(error: unknown): boolean {
  return error instanceof WireError && error.code === 'unwritable';
}
