import type { Context } from '../context.ts';
import { nameKey } from '../directory/name-key.ts';
import type { SignInFactor } from '../factors/sign-in-factors.ts';
import { answerAuthorizationRequest } from '../grants/authorization-answer.ts';
import { parseAuthorizationRequest } from '../grants/authorization-request.ts';
import { answerDeviceRequest } from '../grants/device-request.ts';
import type { Origin } from '../origin.ts';
import { startSignInSession } from '../people/sign-in.ts';
import { describeAuthorizationFault } from '../web/authorization-fault.ts';
import { cookieName } from '../web/cookies.ts';
import { english } from '../web/messages/english.ts';

/** What people do in their browsers, done at once and without passwords. */
export interface People {
  /**
   * Signs a user in.
   *
   * @param options.factors - what the user has shown: `password` (default), `totp`, `recoveryCode`, `passkey`, `verifiedPasskey`
   * @returns a `Cookie` header for the pages
   */
  signIn(
    userName: string,
    options?: { readonly factors?: readonly SignInFactor[] },
  ): Promise<{ readonly cookie: string }>;
  /** Allows the device that shows this user code. */
  approve(userCode: string, userName: string): Promise<void>;
  /** Denies the device that shows this user code. */
  deny(userCode: string, userName: string): Promise<void>;
  /**
   * Allows or denies the program that asks with this `/authorize` URL.
   *
   * @returns the URL to which the browser would be redirected: the program's callback, with `code` or `error`
   */
  authorize(authorizeUrl: string, userName: string, decision?: 'allow' | 'deny'): Promise<string>;
}

/** Every method throws an `Error` when the directory has no such user, or no such request waits for an answer. */
export function peopleOf(context: Context): People {
  const origin: Origin = {
    address: '127.0.0.1',
    userAgent: 'latchkey/testing',
    requestId: 'latchkey/testing',
  };

  async function signInAs(userName: string, factors?: readonly SignInFactor[]) {
    const user = await context.directory.findUserByName(nameKey(userName));
    if (user === undefined)
      throw new Error(
        `No user "${userName}" may sign in: the directory has none of that name, or it is disabled`,
      );
    return startSignInSession(context, user, { origin, ...(factors && { factors }) });
  }

  async function answer(userCode: string, userName: string, decision: 'allow' | 'deny'): Promise<void> {
    const { session } = await signInAs(userName);
    const given = { userCode, decision, ending: userCode, session, origin };
    const { kind } = await answerDeviceRequest(context, given);
    if (kind === 'limited') throw new Error(`Too many wrong user codes by "${userName}": advance the clock`);
    if (kind === 'signInAgain' || kind === 'refused')
      throw new Error(`The settings do not let "${userName}" allow a device after a sign-in with a password`);
    if (kind !== 'answered') throw new Error(`No request waits under the user code "${userCode}"`);
  }

  return {
    async signIn(userName, { factors } = {}) {
      const { token } = await signInAs(userName, factors);
      return { cookie: `${cookieName(context, 'session')}=${token}` };
    },
    approve: (userCode, userName) => answer(userCode, userName, 'allow'),
    deny: (userCode, userName) => answer(userCode, userName, 'deny'),
    async authorize(authorizeUrl, userName, decision = 'allow') {
      const parsed = parseAuthorizationRequest(context, new URL(authorizeUrl).search.slice(1));
      if (parsed.kind === 'invalid')
        throw new Error(
          `The authorization request is not valid: ${describeAuthorizationFault(parsed.fault, english)}`,
        );
      if (parsed.kind === 'refused') return parsed.location;
      const { session } = await signInAs(userName);
      const query = crypto.randomUUID(); // each call is a question of its own, even of one address
      const { request } = parsed;
      const answered = await answerAuthorizationRequest(context, {
        request,
        query,
        decision,
        session,
        origin,
        host: new URL(request.redirectUri).hostname,
      });
      if (answered.kind === 'unmet')
        throw new Error(
          `The policy does not let "${userName}" allow a program after a sign-in with a password`,
        );
      if (answered.kind !== 'answered') throw new Error('The authorization request was answered before');
      return answered.location;
    },
  };
}
