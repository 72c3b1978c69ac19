import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import { issueToken, parseToken, SALT_BYTES } from '../keys/token.ts';
import { type Origin, placeOf } from '../origin.ts';
import type { NewAuthorization, NewDeviceRequest } from '../store/store.ts';
import { type Client, storedName } from './client.ts';
import { requireGrantType } from './client-registration.ts';
import { requireDeviceSignIn } from './device-policy.ts';
import { GrantError } from './grant-error.ts';
import { DEVICE_CODE } from './grant-types.ts';
import { redeemCode } from './redeem-code.ts';
import { isStartUrl } from './start-url.ts';
import { findTokenAuthorization, type IssuedTokens, requireSameClient } from './tokens.ts';
import { digestUserCode, makeUserCode } from './user-code.ts';

export interface DeviceAuthorization {
  readonly deviceCode: string;
  /** `XXXX-XXXX` */
  readonly userCode: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** Tries to find a user code that is not in use: among a million live codes, a try fails once in 25,000 times. */
const USER_CODE_TRIES = 3;

/**
 * Starts a device authorization (RFC 8628 section 3.1): a person will be asked for the user code.
 *
 * @throws {GrantError} `unauthorized_client` when the grant is turned off, not for this client, or not one it registered for;
 *   `invalid_request` for a start URL that is not of this instance; `slow_down` when the address asks too often, or too
 *   many requests wait for an answer
 */
export async function startDeviceAuthorization(
  context: Context,
  client: Client,
  { startUrl, origin }: { readonly startUrl: string; readonly origin: Origin },
): Promise<DeviceAuthorization> {
  requireDeviceSignIn(context, client);
  requireGrantType(client, DEVICE_CODE);
  if (!isStartUrl(context, startUrl)) {
    throw new GrantError('invalid_request', `The start URL "${startUrl}" is not one of this instance`);
  }
  const nowMs = context.now();
  if (!context.deviceStarts.take(origin.address, nowMs)) {
    throw new GrantError('slow_down', 'Too many device authorizations from this address: wait a minute');
  }
  const { deviceCodeSeconds, devicePollIntervalSeconds } = context.config.lifetimes;
  const salt = randomBytes(SALT_BYTES);
  const expiresAtMs = nowMs + deviceCodeSeconds * 1000;
  const scopes = client.scopes.join(' ');
  const authorization = {
    salt,
    clientId: client.id,
    clientName: storedName(client.name),
    scopes,
    createdAtMs: nowMs,
    codeExpiresAtMs: expiresAtMs,
  };
  const { id, userCode } = await insertRequest(context, authorization, placeOf(origin));
  return {
    deviceCode: issueToken(
      context.keys,
      'deviceCode',
      { id, generation: 0, scopeMask: 0, expiresAtMs },
      salt,
    ),
    userCode,
    expiresInSeconds: deviceCodeSeconds,
    intervalSeconds: devicePollIntervalSeconds,
  };
}

/** @returns the row id, and the user code under which the request went in */
async function insertRequest(
  context: Context,
  authorization: NewAuthorization,
  asker: Omit<NewDeviceRequest, 'userCodeDigest'>,
): Promise<{ readonly id: number; readonly userCode: string }> {
  for (let tries = 0; tries < USER_CODE_TRIES; tries += 1) {
    const userCode = makeUserCode();
    const request = { ...asker, userCodeDigest: digestUserCode(context, userCode) };
    const outcome = await context.store.insertDeviceRequest(authorization, request);
    if (outcome.kind === 'inserted') return { id: outcome.id, userCode };
    if (outcome.kind === 'full') {
      context.drops.record('deviceAuthorization', asker.address);
      throw new GrantError(
        'slow_down',
        'Too many device authorizations wait for an answer: try again in some minutes',
      );
    }
  }
  throw new Error(`No free user code in ${USER_CODE_TRIES} tries`);
}

/** The error of nearly every poll. One object for all of them: making an error costs a stack trace. */
const stillPending = new GrantError('authorization_pending', 'Authorization is still pending');

/**
 * Redeems a device code, once its person has approved (RFC 8628 section 3.4). Until then a poll only reads.
 *
 * @throws {GrantError} `authorization_pending`, `slow_down`, `access_denied`, `expired_token` (section 3.5);
 *   `invalid_grant` when the code is unknown, was issued to another client, or its session has ended; `invalid_scope`
 */
export async function redeemDeviceCode(
  context: Context,
  client: Client,
  { deviceCode, scope, origin }: { deviceCode: string; scope: readonly string[] | undefined; origin: Origin },
): Promise<IssuedTokens> {
  const token = parseToken('deviceCode', deviceCode);
  if (token === undefined)
    throw new GrantError('invalid_grant', 'The device code is not one of this instance');
  if (token.expiresAtMs <= context.now()) {
    throw new GrantError('expired_token', 'The device code has expired: start the sign-in again');
  }
  const authorization = await findTokenAuthorization(context, token);
  if (authorization === undefined) {
    const description =
      'The device code is not one of this instance, or its address had too many that waited: start the sign-in again';
    throw new GrantError('invalid_grant', description);
  }
  requireSameClient(client, authorization, 'device code');
  switch (authorization.state) {
    case 'pending':
      if (!context.devicePolls.take(authorization.id, context.now())) {
        throw new GrantError('slow_down', 'Polled too often: wait 5 seconds longer between polls');
      }
      throw stillPending;
    case 'denied':
      throw new GrantError('access_denied', 'The request was denied by the person asked');
    case 'approved':
    case 'active': {
      const kind = { name: 'device code', reused: 'deviceCodeReused' } as const;
      return redeemCode(context, client, authorization, { kind, requested: scope, origin });
    }
  }
}
