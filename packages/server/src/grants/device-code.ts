import type { Context, Origin } from '../context.ts';
import type { SignInSession } from '../people/sign-in.ts';

/** What the person is shown before answering. */
export interface DeviceRequest {
  readonly id: number;
  /** `XXXX-XXXX` */
  readonly userCode: string;
  /** As the client registered it; anyone can claim any name. */
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Address and user agent that asked. */
  readonly address: string;
  readonly userAgent: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export type FindDeviceRequestResult =
  | { readonly kind: 'found'; readonly request: DeviceRequest }
  /** Unknown, expired, or answered already: the three look alike from outside. Counts as a miss. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** Finds the request a signed-in person typed the user code of (case and punctuation ignored, RFC 8628 section 6.1). */
export declare function findDeviceRequest(
  context: Context,
  query: { readonly userCode: string; readonly session: SignInSession; readonly origin: Origin },
): Promise<FindDeviceRequestResult>;

/**
 * Allows or denies a request, once.
 *
 * @returns `answered`; `unknown` and `limited` as in `findDeviceRequest`
 */
export declare function answerDeviceRequest(
  context: Context,
  answer: {
    readonly userCode: string;
    readonly decision: 'allow' | 'deny';
    readonly session: SignInSession;
    readonly origin: Origin;
  },
): Promise<
  | { readonly kind: 'answered'; readonly request: DeviceRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
>;
