import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { origin } from '../../fixtures/test-context.ts';
import { type SignInSession, startSignInSession } from '../../people/sign-in.ts';
import { answerAuthorizationRequest } from '../authorization-answer.ts';
import { redeemAuthorizationCode } from '../authorization-code.ts';
import { type AuthorizationRequest, parseAuthorizationRequest } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import type { ClientMetadata } from '../client-metadata.ts';
import { authenticateClient, registerClient } from '../client-registration.ts';
import { type DeviceAuthorization, redeemDeviceCode, startDeviceAuthorization } from '../device-code.ts';
import { answerDeviceRequest } from '../device-request.ts';
import { GrantError, type GrantErrorCode } from '../grant-error.ts';
import { redeemRefreshToken } from '../refresh-token.ts';
import { issuerUrl } from '../start-url.ts';
import type { IssuedTokens } from '../tokens.ts';

export const REDIRECT_URI = 'http://127.0.0.1:41000/oauth/callback';
export const CODE_VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** What the AWS CLI registers for an `sso-session`, with every grant. */
export const metadata: ClientMetadata = {
  clientName: 'botocore-client-dev',
  clientType: 'public',
  scopes: ['sso:account:access', 'openid'],
  redirectUris: ['http://127.0.0.1/oauth/callback'],
};

/** Registers a client, and authenticates it as its next request would. */
export function register(context: Context, change: Partial<ClientMetadata> = {}): Client {
  return authenticateClient(context, registerClient(context, { ...metadata, ...change }), origin.address);
}

export async function signInAs(context: Context, userName: string): Promise<SignInSession> {
  const user = await context.directory.findUserByName(userName);
  assert.ok(user, `no user ${userName}`);
  const { session } = await startSignInSession(context, user, { origin });
  return session;
}

export function askFromDevice(context: Context, client: Client): Promise<DeviceAuthorization> {
  return startDeviceAuthorization(context, client, { startUrl: issuerUrl(context), origin });
}

/** Answers a device as alice, in a sign-in session of her own unless one is given. */
export async function answerDevice(
  context: Context,
  userCode: string,
  decision: 'allow' | 'deny',
  session?: SignInSession,
): Promise<void> {
  const answered = await answerDeviceRequest(context, {
    userCode,
    decision,
    ending: userCode,
    session: session ?? (await signInAs(context, 'alice')),
    origin,
  });
  assert.equal(answered.kind, 'answered');
}

export function poll(
  context: Context,
  client: Client,
  deviceCode: string,
  scope?: readonly string[],
): Promise<IssuedTokens> {
  return redeemDeviceCode(context, client, { deviceCode, scope, origin });
}

export function refresh(
  context: Context,
  client: Client,
  refreshToken: string,
  scope?: readonly string[],
): Promise<IssuedTokens> {
  return redeemRefreshToken(context, client, { refreshToken, scope, origin });
}

/** A device asks, alice allows it, and it gets its tokens. */
export async function signInWithDevice(
  context: Context,
  client: Client,
  session?: SignInSession,
): Promise<Required<IssuedTokens>> {
  const { deviceCode, userCode } = await askFromDevice(context, client);
  await answerDevice(context, userCode, 'allow', session);
  const tokens = await poll(context, client, deviceCode);
  assert.ok(tokens.refreshToken);
  return { ...tokens, refreshToken: tokens.refreshToken };
}

/** The query of `/authorize` as the AWS CLI makes it. A change to `undefined` leaves the parameter out. */
export function authorizeQuery(
  clientId: string,
  change: Readonly<Record<string, string | undefined>> = {},
): string {
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    state: 'state-1',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: hash('sha256', CODE_VERIFIER, 'base64url'),
    ...change,
  };
  const present = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(present).toString();
}

/** A program sends a browser with an authorization request. */
export function askFromProgram(
  context: Context,
  change?: Readonly<Record<string, string | undefined>>,
): { readonly client: Client; readonly request: AuthorizationRequest; readonly query: string } {
  const registered = registerClient(context, metadata);
  const query = authorizeQuery(registered.clientId, change);
  const parsed = parseAuthorizationRequest(context, query);
  assert.ok(parsed.kind === 'valid');
  const client = authenticateClient(context, registered, origin.address);
  return { client, request: parsed.request, query };
}

/** Alice allows a program. */
export async function allowProgram(
  context: Context,
  {
    session,
    change,
  }: { session?: SignInSession; change?: Readonly<Record<string, string | undefined>> } = {},
): Promise<{
  readonly client: Client;
  readonly request: AuthorizationRequest;
  readonly query: string;
  readonly code: string;
}> {
  const { client, request, query } = askFromProgram(context, change);
  const answered = await answerAuthorizationRequest(context, {
    request,
    query,
    decision: 'allow',
    session: session ?? (await signInAs(context, 'alice')),
    origin,
  });
  assert.ok(answered.kind === 'answered');
  const code = new URL(answered.location).searchParams.get('code');
  assert.ok(code);
  return { client, request, query, code };
}

export function redeemProgram(
  context: Context,
  client: Client,
  proof: Partial<Parameters<typeof redeemAuthorizationCode>[2]> & { readonly code: string },
): Promise<IssuedTokens> {
  const whole = {
    redirectUri: REDIRECT_URI,
    codeVerifier: CODE_VERIFIER,
    scope: undefined,
    origin,
    ...proof,
  };
  return redeemAuthorizationCode(context, client, whole);
}

/** That something is refused with this code, and says why in a way that fits. */
export async function assertRefused(
  attempt: Promise<unknown> | (() => unknown),
  code: GrantErrorCode,
  reason = /./,
): Promise<void> {
  await assert.rejects(typeof attempt === 'function' ? async () => attempt() : attempt, (error) => {
    assert.ok(error instanceof GrantError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, reason);
    return true;
  });
}
