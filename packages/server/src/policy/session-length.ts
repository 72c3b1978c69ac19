import type { Context } from '../context.ts';
import type { ActiveAuthorization } from '../store/store.ts';
import type { Demands } from './demands.ts';
import { findDemands } from './find-demands.ts';

/** How long a sign-in session lasts, by the configuration of now: as the policy says of the person, or else `lifetimes`. */
export async function findSignInSessionSeconds(
  context: Pick<Context, 'config' | 'policy' | 'directory'>,
  userId: string,
): Promise<number> {
  const ofEverybody = context.config.lifetimes.signInSessionSeconds;
  if (context.policy === undefined) return ofEverybody;
  const { signInSessionSeconds } = await findDemands(context, userId, { kind: 'visit' });
  return signInSessionSeconds?.value ?? ofEverybody;
}

/** How long a session lasts, by the configuration of now. @param demands - of the policy, where there is one */
export function sessionSecondsOf(
  { config }: Pick<Context, 'config'>,
  demands: Pick<Demands, 'sessionSeconds'> | undefined,
): number {
  return demands?.sessionSeconds?.value ?? config.lifetimes.sessionSeconds;
}

/**
 * A session with the end that it has by the configuration of now: a session that began when sessions lasted longer ends as if it
 * had begun now. The row says when the client asked, not when the session began, so such a session may last longer by the lifetime
 * of its code.
 */
export function withCurrentEnd<Session extends ActiveAuthorization>(
  context: Pick<Context, 'config'>,
  session: Session,
  demands: Pick<Demands, 'sessionSeconds'> | undefined,
): Session {
  const { deviceCodeSeconds, authorizationCodeSeconds } = context.config.lifetimes;
  const codeSeconds = session.codeBinding === null ? deviceCodeSeconds : authorizationCodeSeconds;
  const latestMs = session.createdAtMs + (codeSeconds + sessionSecondsOf(context, demands)) * 1000;
  return latestMs < session.sessionEndsAtMs ? { ...session, sessionEndsAtMs: latestMs } : session;
}
