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

/** An error as a handler answers it; a `ModeledError` is one. */
export interface ServerError {
  /** Shape name without namespace, e.g. `InvalidClientException`. */
  readonly name: string;
  /** Sent as the model's message member, or as `message` where the model has none; left out when empty. */
  readonly message: string;
  /** The error structure's members by name. */
  readonly members?: object;
  /** HTTP status of an error that the model does not have; the model's own status wins. Default 500. */
  readonly status?: number;
}

/** What of its request an answer depends on, besides the operation. */
export interface ResponseMetadata {
  /** Every answer carries it. */
  readonly requestId: string;
  /** The request's `Accept` header: awsQuery answers in XML or in JSON by it. Default: any form will do. */
  readonly accept?: string | undefined;
}

/** The server end of one protocol, compiled for one service. */
export interface ServerProtocol {
  /** The operation that a request calls, or undefined when the service has none for it. */
  match(request: WireRequest): OperationSchema | undefined;

  /**
   * Decodes and validates the input of an operation found by `match`.
   *
   * @throws {WireError} `malformed`, `validation`, `unsupportedMediaType`, `notAcceptable`
   */
  parseInput(operation: OperationSchema, request: WireRequest): StructureValue;

  renderOutput(operation: OperationSchema, output: object, metadata: ResponseMetadata): WireResponse;

  /** Answers an error in the protocol's form; a name that the service does not model is answered all the same. */
  renderError(error: ServerError, metadata: ResponseMetadata): WireResponse;

  /** The error that the protocol answers when `parseInput` refused a request. */
  errorFor(refusal: WireError): ServerError;
}

/** An error answer as a client reads it. */
export interface ReceivedError {
  /** Shape name without namespace, or `Unknown` when the response does not say. */
  readonly name: string;
  readonly message: string | undefined;
  /** Whether the operation models this error; `members` is empty when not. */
  readonly modeled: boolean;
  readonly members: StructureValue;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** Reads the error answers of one operation; never throws for what an answer holds. */
export type ErrorParser = (response: ReceivedResponse) => ReceivedError;

/** The client end of one protocol, compiled for one service. */
export interface ClientProtocol {
  /**
   * The request that calls an operation, without signature. A streaming member makes a streaming body.
   *
   * @throws {WireError} `unwritable` when a value does not fit the model
   */
  renderInput(operation: OperationSchema, input: object): ClientRequest;

  /**
   * Reads an answer with a status below 300. Its body is still coming in where the output streams (`streamsOutput`), and
   * whole otherwise. The promise of an event stream resolves once the initial response is there.
   *
   * @throws {WireError} `malformed` when the answer does not fit the model
   */
  parseOutput(
    operation: OperationSchema,
    response: ReceivedResponse<Bytes>,
  ): StructureValue | Promise<StructureValue>;

  /** Reads any answer with a status of 300 or more; never throws for what the answer holds. */
  parseError(operation: OperationSchema, response: ReceivedResponse): ReceivedError;
}

export interface ClientProtocolOptions {
  /** Makes the token of a member that the caller left out. Default: a random UUID. */
  readonly idempotencyToken?: () => string;
  /** Reads and writes event streams; without it an operation that has one cannot be called. */
  readonly eventStreams?: EventStreamCodec;
}

/** Makes the client end of a protocol. One function a protocol, so that a bundle holds only the one it uses. */
export type ClientProtocolFactory = (
  service: ServiceIdentity,
  options?: ClientProtocolOptions,
) => ClientProtocol;
