import type { Context } from '../context.ts';
import type { PasskeyFactor } from '../store/port/factors.ts';
import { type ChallengeBinding, checkChallenge } from './challenge.ts';
import { parseAuthentication, parseRegistration } from './passkey-response.ts';
import { relyingPartyOf } from './relying-party.ts';

/** COSE algorithms that passkeys sign with, the preferred first: Ed25519, ES256, RS256. */
export const PASSKEY_ALGORITHMS: readonly number[] = [-8, -7, -257];

/**
 * Checks the answer of an authenticator that made a passkey.
 *
 * @param json - what the browser sent
 * @returns `undefined` when it is not for this relying party and this challenge
 */
export async function checkNewPasskey(
  context: Context,
  binding: ChallengeBinding,
  json: string,
): Promise<Pick<PasskeyFactor, 'credentialId' | 'publicKey' | 'transports' | 'counter'> | undefined> {
  const response = parseRegistration(json);
  const party = relyingPartyOf(context.config);
  if (response === undefined || party === undefined) return undefined;
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { transports = [], ...answer } = response.response;
  const verified = await verifyRegistrationResponse({
    response: { ...response, response: answer, clientExtensionResults: {} },
    expectedChallenge: (challenge) => checkChallenge(context, binding, challenge) !== undefined,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
    supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
  }).catch(refused);
  if (verified?.registrationInfo === undefined) return undefined;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  return {
    ...{ credentialId: Buffer.from(id, 'base64url'), publicKey, counter },
    transports: transports.join(' '),
  };
}

export type PasskeyUse =
  | {
      readonly kind: 'right';
      readonly passkey: PasskeyFactor & { readonly userId: string };
      /** Whether the authenticator verified its user. */
      readonly isVerified: boolean;
      /** The user id that the passkey brought along, where it is one that names its user by itself. */
      readonly userHandle: string | undefined;
    }
  /** Its counter is not above that of its last use: there may be a copy of it. */
  | { readonly kind: 'counterWentBack'; readonly passkey: PasskeyFactor & { readonly userId: string } }
  | { readonly kind: 'wrong' };

/**
 * Checks the answer of an authenticator that used a passkey, and spends its challenge.
 *
 * @param json - what the browser sent
 */
export async function usePasskey(
  context: Context,
  binding: ChallengeBinding,
  json: string,
): Promise<PasskeyUse> {
  const response = parseAuthentication(json);
  const party = relyingPartyOf(context.config);
  if (response === undefined || party === undefined) return { kind: 'wrong' };
  const { factors } = context.store;
  const passkey = await factors.findPasskey(Buffer.from(response.id, 'base64url'));
  if (passkey === undefined) return { kind: 'wrong' };
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { userHandle, ...answer } = response.response;
  let challenge: ReturnType<typeof checkChallenge>;
  const verified = await verifyAuthenticationResponse({
    response: { ...response, response: answer, clientExtensionResults: {} },
    expectedChallenge(given) {
      challenge = checkChallenge(context, binding, given);
      return challenge !== undefined;
    },
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    // The counter is checked by the store, at the same time as it is moved on.
    credential: { id: response.id, publicKey: Uint8Array.from(passkey.publicKey), counter: 0 },
    requireUserVerification: false,
  }).catch(refused);
  if (!verified?.verified || challenge === undefined) return { kind: 'wrong' };
  const { newCounter: counter, userVerified: isVerified } = verified.authenticationInfo;
  const nowMs = context.now();
  if (!(await factors.useFactor(passkey.id, { counter, challenge, nowMs }))) {
    const isBack = counter <= passkey.counter && (counter > 0 || passkey.counter > 0);
    return isBack ? { kind: 'counterWentBack', passkey } : { kind: 'wrong' };
  }
  return { kind: 'right', passkey, isVerified, userHandle: decodeHandle(userHandle) };
}

/** The library throws for each thing that is not as expected; what it says may quote what came. */
function refused(): undefined {
  return undefined;
}

function decodeHandle(handle: string | null | undefined): string | undefined {
  return handle == null || handle === '' ? undefined : Buffer.from(handle, 'base64url').toString();
}
