/** What is known of the answer that carried an error. */
export interface ErrorResponse {
  /** HTTP status. */
  readonly status: number;
  readonly requestId: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** How many times the request was sent. */
  readonly attempts: number;
}

/**
 * An error that a service answered with. A modelled error is a subclass that has the members of its structure as
 * properties, and can be told apart with `instanceof` or by `name`.
 */
export class ServiceError extends Error {
  /** Shape name without namespace, e.g. `ExpiredTokenException`; `Unknown` when the service did not say. */
  override readonly name: string;
  /**
   * What the service calls the error on the wire: mostly its name. Services that spoke awsQuery have codes of their own,
   * e.g. `AWS.SimpleQueueService.NonExistentQueue`; where the structure has a `code`, it is that one.
   */
  readonly code: string;
  /** Whom the error blames; by the HTTP status where it is not modelled. */
  readonly fault: 'client' | 'server';
  readonly response: ErrorResponse;

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

export interface ServiceErrorDetail {
  /** Default: the name. */
  readonly code?: string | undefined;
  readonly fault: 'client' | 'server';
  readonly response: ErrorResponse;
  /** The members of the error structure by name. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** A generated subclass of `ServiceError`. */
export type ServiceErrorConstructor = new (
  name: string,
  message: string,
  detail: ServiceErrorDetail,
) => ServiceError;
