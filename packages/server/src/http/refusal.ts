/** Why a request is answered without being handled. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** What is wrong and what to do, without a full stop. */
  readonly message: string;
  /** When to try again. Absent: trying again does not help */
  readonly retryAfterSeconds?: number;
}
