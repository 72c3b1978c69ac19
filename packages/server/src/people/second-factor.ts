import type { Context } from '../context.ts';
import { type PasskeyUse, usePasskey } from '../factors/passkeys.ts';
import type { PendingSignIn } from '../factors/pending-sign-in.ts';
import { digestRecoveryCode } from '../factors/recovery-codes.ts';
import type { SignInFactor } from '../factors/sign-in-factors.ts';
import { findTimeStep, openTotpSecret } from '../factors/totp.ts';
import { type Guess, returnGuess, secondsUntil, takeGuess } from '../limits/guesses.ts';
import type { Origin } from '../origin.ts';
import type { DeviceCookie } from './device-cookie.ts';
import type { User } from './directory.ts';
import { completeSignIn, type SignedIn, type SignInSession } from './sign-in.ts';

/** What a person shows as the second factor: a code as typed, or what the browser sent of a passkey, in JSON. */
export interface ShownFactor {
  readonly kind: 'totp' | 'recoveryCode' | 'passkey';
  readonly text: string;
}

export type FactorResult =
  | SignedIn
  | { readonly kind: 'refused' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

const guessOf = { totp: 'totpCode', recoveryCode: 'recoveryCode', passkey: 'passkey' } as const;

/** Checks the second factor of a sign-in whose password was right, and completes it. */
export async function showSecondFactor(
  context: Context,
  {
    pending,
    user,
    shown,
    origin,
    earlier = [],
    deviceCookies = [],
  }: {
    readonly pending: PendingSignIn;
    readonly user: User;
    readonly shown: ShownFactor;
    readonly origin: Origin;
    readonly earlier?: readonly SignInSession[];
    /** The device cookies of the browser, of whichever users. */
    readonly deviceCookies?: readonly DeviceCookie[];
  },
): Promise<FactorResult> {
  const { id: userId, userName } = user;
  const whom = { userId, userName, factor: shown.kind };
  const guess: Guess = { what: guessOf[shown.kind], user: userId, address: origin.address };
  const untilMs = await takeGuess(context, guess);
  if (untilMs !== undefined) {
    context.audit.record({ event: 'secondFactorLimited', ...whom }, origin);
    return { kind: 'limited', retryAfterSeconds: secondsUntil(context, untilMs) };
  }
  const used = await useShown(context, { pending, user, shown, origin });
  // Somebody else may have set a password, or blocked the person, meanwhile.
  const isCurrent = (await context.directory.findUser(userId))?.version === pending.userVersion;
  if (used === undefined || !isCurrent) {
    context.audit.record({ event: 'secondFactorRefused', ...whom }, origin);
    return { kind: 'refused' };
  }
  await returnGuess(context, guess);
  return completeSignIn(context, { user, factors: [pending.first, used], origin, earlier, deviceCookies });
}

async function useShown(
  context: Context,
  {
    pending,
    user,
    shown,
    origin,
  }: {
    readonly pending: PendingSignIn;
    readonly user: User;
    readonly shown: ShownFactor;
    readonly origin: Origin;
  },
): Promise<SignInFactor | undefined> {
  switch (shown.kind) {
    case 'totp':
      return (await useTotpCode(context, user.id, shown.text)) ? 'totp' : undefined;
    case 'recoveryCode': {
      const digest = digestRecoveryCode(user.id, shown.text);
      if (digest === undefined) return undefined;
      const isUsed = await context.store.factors.useRecoveryCode(user.id, digest, context.now());
      return isUsed ? 'recoveryCode' : undefined;
    }
    case 'passkey': {
      const binding = { purpose: 'second-factor', secret: pending.value } as const;
      const use = await usePasskey(context, binding, shown.text);
      recordCounter(context, use, origin);
      if (use.kind !== 'right' || use.passkey.userId !== user.id) return undefined;
      return use.isVerified ? 'verifiedPasskey' : 'passkey';
    }
  }
}

/** The time step of a wrong code: no factor takes it, as all have used a later one. */
const NO_STEP = -1;

/** Uses a code of any of a person's TOTP factors, once. The store is asked for a wrong code, too, which so costs as much as a used one. */
async function useTotpCode(context: Context, userId: string, code: string): Promise<boolean> {
  const nowMs = context.now();
  const { factors } = context.store;
  for (const factor of await factors.listFactors(userId)) {
    if (factor.kind !== 'totp') continue;
    const secret = await openTotpSecret(context, factor);
    const counter = (secret && (await findTimeStep(secret, code, nowMs))) ?? NO_STEP;
    if (await factors.useFactor(factor.id, { counter, nowMs })) return true;
  }
  return false;
}

/** Signs in whoever a passkey belongs to, which has to verify its user, as it is the only factor. */
export async function signInByPasskey(
  context: Context,
  {
    formSecret,
    json,
    origin,
    earlier = [],
    deviceCookies = [],
  }: {
    /** The form cookie that the challenge is bound to. */
    readonly formSecret: string;
    /** What the browser sent. */
    readonly json: string;
    readonly origin: Origin;
    readonly earlier?: readonly SignInSession[];
    /** The device cookies of the browser, of whichever users. */
    readonly deviceCookies?: readonly DeviceCookie[];
  },
): Promise<FactorResult> {
  const guess: Guess = { what: 'passkey', user: '', address: origin.address };
  const untilMs = await takeGuess(context, guess);
  if (untilMs !== undefined) {
    context.audit.record({ event: 'passkeyLimited' }, origin);
    return { kind: 'limited', retryAfterSeconds: secondsUntil(context, untilMs) };
  }
  const use = await usePasskey(context, { purpose: 'sign-in', secret: formSecret }, json);
  recordCounter(context, use, origin);
  const isEnough = use.kind === 'right' && use.isVerified && use.userHandle === use.passkey.userId;
  const user = isEnough ? await context.directory.findUser(use.passkey.userId) : undefined;
  if (user === undefined) {
    context.audit.record({ event: 'passkeyRefused' }, origin);
    return { kind: 'refused' };
  }
  await returnGuess(context, guess);
  return completeSignIn(context, { user, factors: ['verifiedPasskey'], origin, earlier, deviceCookies });
}

function recordCounter(context: Context, use: PasskeyUse, origin: Origin): void {
  if (use.kind !== 'counterWentBack') return;
  const { id: factorId, userId, kind } = use.passkey;
  context.audit.record({ event: 'passkeyCounterWentBack', userId, factorId, kind }, origin);
}
