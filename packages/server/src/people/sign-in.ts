import type { Context, Origin } from '../context.ts';
import type { User } from './directory.ts';

/** A browser's signed-in state. */
export interface SignInSession {
  readonly id: number;
  readonly user: User;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export type SignInResult =
  | {
      readonly kind: 'signedIn';
      readonly session: SignInSession /** For the cookie. */;
      readonly token: string;
    }
  /** Unknown user, wrong password or disabled user: the three look alike from outside. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** Checks a user name and password, and starts a new sign-in session (never continues an old one). */
export declare function signIn(
  context: Context,
  attempt: { readonly userName: string; readonly password: string; readonly origin: Origin },
): Promise<SignInResult>;

/** The live session a cookie stands for, if its user may still sign in. */
export declare function findSignInSession(
  context: Context,
  token: string,
): Promise<SignInSession | undefined>;

/** Ends the session, and with it every token that was approved in it. Durable once it resolves. */
export declare function signOut(context: Context, session: SignInSession, origin: Origin): Promise<void>;
