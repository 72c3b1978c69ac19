import type { WireError } from './error.ts';
import type { EventStreamCodec } from './event-stream/codec.ts';
import type { Bytes, ClientRequest, ReceivedResponse, WireRequest, WireResponse } from './http.ts';
import type { OperationSchema, ServiceIdentity } from './schema.ts';

/**
 * A structure as handlers and callers see it, keyed by member name. Timestamps are `Date`, blobs `Uint8Array`,
 * integers `number`; a `long` outside the safe integers is a `bigint`. A union has exactly one member.
 * Absent members are left out, never null.
 */
export type StructureValue = Readonly<Record<string, unknown>>;

/** An error that a handler answers with. A `ModeledError` is one. */
export interface ServerError {
  /** Shape name without namespace, e.g. `InvalidClientException`. */
  readonly name: string;
  /** Sent as the message member of the model, or as `message` where the model has none. Left out when empty. */
  readonly message: string;
  /** Members of the error structure, by name. */
  readonly members?: object;
  /** HTTP status of an error that is not in the model. Default: 500. */
  readonly status?: number;
}

/** What a response depends on besides operation and output. */
export interface ResponseMetadata {
  /** Request id, which every response has. */
  readonly requestId: string;
  /** `Accept` header of the request, by which awsQuery answers in XML or JSON. Default: any media type is accepted. */
  readonly accept?: string | undefined;
}

/** Server side of a protocol, for one service. */
export interface ServerProtocol {
  /** Finds the operation that a request calls. @returns undefined when the service has none */
  match(request: WireRequest): OperationSchema | undefined;

  /**
   * Decodes and validates the input of an operation found by `match`.
   *
   * @throws {WireError} `malformed`, `validation`, `unsupportedMediaType`, `notAcceptable`
   */
  parseInput(operation: OperationSchema, request: WireRequest): StructureValue;

  renderOutput(operation: OperationSchema, output: object, metadata: ResponseMetadata): WireResponse;

  /** Writes an error in the protocol's form, also one that the service does not model. */
  renderError(error: ServerError, metadata: ResponseMetadata): WireResponse;

  /** Turns an error thrown by `parseInput` into the one that the protocol answers with. */
  errorFor(refusal: WireError): ServerError;
}

/** An error answer, as a client reads it. */
export interface ReceivedError {
  /** Shape name without namespace; `Unknown` where the response names no error. */
  readonly name: string;
  readonly message: string | undefined;
  /** Whether the operation models this error. If not, `members` is empty. */
  readonly modeled: boolean;
  readonly members: StructureValue;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** Reads the error answers of one operation. Never throws, whatever the answer holds. */
export type ErrorParser = (response: ReceivedResponse) => ReceivedError;

/** Client side of a protocol, for one service. */
export interface ClientProtocol {
  /**
   * Writes the request of a call, without signature. A streaming member becomes a streaming body.
   *
   * @throws {WireError} `unwritable` when a value does not fit the model
   */
  renderInput(operation: OperationSchema, input: object): ClientRequest;

  /**
   * Reads a response with a status below 300. Its body is a stream where the output streams (`streamsOutput`), and whole
   * otherwise. For an event stream, the promise resolves when the initial response has arrived.
   *
   * @throws {WireError} `malformed` when the answer does not fit the model
   */
  parseOutput(
    operation: OperationSchema,
    response: ReceivedResponse<Bytes>,
  ): StructureValue | Promise<StructureValue>;

  /** Reads a response with a status of 300 or more. Never throws, whatever the response holds. */
  parseError(operation: OperationSchema, response: ReceivedResponse): ReceivedError;
}

/** What the client side of a protocol takes from its caller. */
export interface ClientProtocolOptions {
  /** Makes the idempotency tokens that the caller left out. Default: random UUIDs. */
  readonly idempotencyToken?: () => string;
  /** Codec of event streams. Without it, operations with event streams cannot be called. */
  readonly eventStreams?: EventStreamCodec;
}

/** Makes the client side of a protocol. Every protocol has its own function, so that bundles hold only those they use. */
export type ClientProtocolFactory = (
  service: ServiceIdentity,
  options?: ClientProtocolOptions,
) => ClientProtocol;
