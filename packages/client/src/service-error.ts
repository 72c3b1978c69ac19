import type { CallMetadata } from './call/call-metadata.ts';

/** The HTTP response that carried an error. */
export interface ErrorResponse extends CallMetadata {}

/**
 * An error that a service answered with. A modelled error has a subclass of its own, with the members of its structure
 * as properties; tell them apart with `instanceof` or by `name`.
 */
export class ServiceError extends Error {
  /** Shape name without namespace, e.g. `ExpiredTokenException`; `Unknown` where the answer names no error. */
  override readonly name: string;
  /**
   * Error code on the wire. Mostly the same as `name`; services that once spoke awsQuery have other codes, e.g.
   * `AWS.SimpleQueueService.NonExistentQueue`. Where the error structure has a member `code`, it is that member.
   */
  readonly code: string;
  /** Whether client or server is at fault; taken from the HTTP status where the error is not modelled. */
  readonly fault: 'client' | 'server';
  readonly response: ErrorResponse;

  /** The request id of the answer. */
  get requestId(): string | undefined {
    return this.response.requestId;
  }

  /** The name of the error; the aws_api library for Deno calls it so. */
  get shortCode(): string {
    return this.name;
  }

  /** Whose fault it is, in the words of the query protocol. */
  get errorType(): 'Sender' | 'Receiver' {
    return this.fault === 'client' ? 'Sender' : 'Receiver';
  }

  constructor(name: string, message: string, detail: ServiceErrorDetail) {
    super(message);
    this.name = name;
    const { code = detail.code ?? name } = detail.members;
    this.code = String(code ?? name);
    this.fault = detail.fault;
    this.response = detail.response;
    for (const [member, value] of Object.entries(detail.members)) {
      if (!(member in this)) Object.defineProperty(this, member, { value, enumerable: true });
    }
  }
}

/** What a `ServiceError` is made from. */
export interface ServiceErrorDetail {
  /** Default: the name. */
  readonly code?: string | undefined;
  readonly fault: 'client' | 'server';
  readonly response: ErrorResponse;
  /** Members of the error structure, by name. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** A generated subclass of `ServiceError`. */
export type ServiceErrorConstructor = new (
  name: string,
  message: string,
  detail: ServiceErrorDetail,
) => ServiceError;
