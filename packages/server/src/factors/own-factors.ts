import { randomUUID } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import type { PasskeyFactor, TotpFactor } from '../store/port/factors.ts';
import { checkNewPasskey } from './passkeys.ts';
import { digestRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts';
import { findTimeStep, sealTotpSecret } from './totp.ts';
import { readTotpEnrolment } from './totp-enrolment.ts';

/** The most factors of one person. */
export const MOST_FACTORS = 20;

/** Who changes what they sign in with, and from where. */
interface Owner {
  readonly session: SignInSession;
  readonly origin: Origin;
}

/** Adds an app whose code confirms that it has the secret. That code does not sign in any more. */
export async function addTotp(
  context: Context,
  { session: { user }, origin }: Owner,
  given: { readonly enrolment: string; readonly code: string; readonly name: string },
): Promise<'added' | 'tooOld' | 'wrongCode' | 'tooMany'> {
  const nowMs = context.now();
  const enrolment = await readTotpEnrolment(context, user, given.enrolment);
  if (enrolment === undefined) return 'tooOld';
  const counter = await findTimeStep(enrolment.secret, given.code, nowMs);
  if (counter === undefined) return 'wrongCode';
  const id = randomUUID();
  const factor: TotpFactor = {
    ...{ id, kind: 'totp', name: given.name, createdAtMs: nowMs, lastUsedAtMs: null, counter },
    sealedSecret: sealTotpSecret(context.keys, id, enrolment.secret),
  };
  const outcome = await context.store.factors.addFactor(user.id, factor, MOST_FACTORS);
  if (outcome !== 'added') return outcome === 'tooMany' ? outcome : 'tooOld';
  context.audit.record({ event: 'factorAdded', userId: user.id, factorId: id, kind: 'totp' }, origin);
  return 'added';
}

/** Adds a passkey that was made for a challenge of this session. */
export async function addPasskey(
  context: Context,
  { session: { user }, origin }: Owner,
  given: { readonly secret: string; readonly json: string; readonly name: string },
): Promise<'added' | 'refused' | 'taken' | 'tooMany'> {
  const binding = { purpose: 'registration', secret: given.secret } as const;
  const made = await checkNewPasskey(context, binding, given.json);
  if (made === undefined) return 'refused';
  const factor: PasskeyFactor = {
    ...{ id: randomUUID(), kind: 'passkey', name: given.name, lastUsedAtMs: null },
    ...{ createdAtMs: context.now(), ...made },
  };
  const outcome = await context.store.factors.addFactor(user.id, factor, MOST_FACTORS);
  if (outcome !== 'added') return outcome === 'noUser' ? 'refused' : outcome;
  const { id: factorId, kind } = factor;
  context.audit.record({ event: 'factorAdded', userId: user.id, factorId, kind }, origin);
  return 'added';
}

/** @returns whether the person had it */
export async function removeFactor(
  context: Context,
  { session: { user }, origin }: Owner,
  factorId: string,
): Promise<boolean> {
  const { factors } = context.store;
  const factor = (await factors.listFactors(user.id)).find(({ id }) => id === factorId);
  if (factor === undefined || !(await factors.removeFactor(user.id, factorId))) return false;
  const { kind } = factor;
  context.audit.record({ event: 'factorRemoved', userId: user.id, factorId, kind }, origin);
  return true;
}

/** Makes recovery codes in the place of those before. @returns `undefined` for a person without factors */
export async function renewRecoveryCodes(
  context: Context,
  { session: { user }, origin }: Owner,
): Promise<readonly string[] | undefined> {
  const codes = makeRecoveryCodes();
  const digests = codes.map((code) => digestRecoveryCode(user.id, code) as Uint8Array);
  if (!(await context.store.factors.replaceRecoveryCodes(user.id, digests, context.now()))) return undefined;
  context.audit.record({ event: 'recoveryCodesMade', userId: user.id }, origin);
  return codes;
}
