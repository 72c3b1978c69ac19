import type { ServiceError, ServiceErrorConstructor } from '../service-error.ts';

/** Class of an error of a generated module. */
type ErrorClass<Modeled extends ServiceError> = new (
  ...args: ConstructorParameters<ServiceErrorConstructor>
) => Modeled;

/** What a failure says beside its name. */
export interface FailureOptions {
  readonly message?: string;
  /** HTTP status. Default: the model's, else 400. */
  readonly status?: number;
}

/** An error that a fake service answers with. */
export class Failure {
  /** Class of a modelled error, or the name of another. */
  readonly error: ErrorClass<ServiceError> | string;
  readonly message: string | undefined;
  readonly status: number | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    error: Failure['error'],
    { message, status, ...members }: FailureOptions & Readonly<Record<string, unknown>>,
  ) {
    this.error = error;
    this.message = message;
    this.status = status;
    this.members = members;
  }
}

/**
 * Makes an error answer: of a class of the generated module, with its members, or of any name, e.g. `ThrottlingException`.
 * Where it may pass, the client sends the call again, as with a real service.
 *
 * @example
 * ```ts
 * failure(ResourceNotFoundException, { message: 'There is no table' });
 * ```
 */
export function failure<Modeled extends ServiceError>(
  error: ErrorClass<Modeled>,
  said?: FailureOptions & Partial<Omit<Modeled, keyof ServiceError>>,
): Failure;
export function failure(error: string, said?: FailureOptions): Failure;
export function failure(error: Failure['error'], said: FailureOptions = {}): Failure {
  return new Failure(error, said as FailureOptions & Readonly<Record<string, unknown>>);
}
