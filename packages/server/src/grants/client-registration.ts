import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import type { Client } from './client.ts';
import { type ClientMetadata, checkClientMetadata } from './client-metadata.ts';
import { GrantError } from './grant-error.ts';
import { AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN } from './grant-types.ts';
import { authenticateKnownClient, findKnownClient } from './known-client.ts';
import { ACCOUNT_ACCESS, parseScopes } from './scopes.ts';

export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

const ID_BYTES = 12;
/**
 * The most bytes of a registration. A client id holds it, and travels in the query of `/authorize`, which is bounded.
 */
const MAX_REGISTRATION_BYTES = 3_000;
const SECRET_PREFIX = 'lk_cs_';
/** What to do about an invalid client. The AWS CLI shows this text to people, and does not register again by itself. */
const START_OVER =
  'register the client again (for the AWS CLI: delete the files in ~/.aws/sso/cache), and sign in';

/** The registration that is sealed into a client id. Its names are short because it travels in every request. */
interface SealedRegistration {
  readonly n: string;
  readonly s?: readonly string[];
  readonly r?: readonly string[];
  readonly g?: readonly string[];
  readonly e: number;
}

/**
 * Registers a client (RFC 7591). Writes nothing: registration is open to anyone, so the registration itself travels,
 * sealed, as the client id, and the secret is derived from that. Both outlive a database that is reset.
 *
 * @throws {GrantError} `invalid_client_metadata`, `invalid_scope`, `invalid_redirect_uri`, `unsupported_grant_type`,
 *   `invalid_request`
 */
export function registerClient(context: Context, metadata: ClientMetadata): ClientRegistration {
  checkClientMetadata(context, metadata);
  const issuedAtMs = wholeSeconds(context.now());
  const expiresAtMs = issuedAtMs + context.config.lifetimes.clientRegistrationSeconds * 1000;
  const { clientName, redirectUris, grantTypes: stated } = metadata;
  const scopes = parseScopes(metadata.scopes ?? []);
  const registration: SealedRegistration = {
    n: clientName,
    ...(scopes.length > 0 && { s: scopes }),
    ...(redirectUris && redirectUris.length > 0 && { r: redirectUris }),
    ...(stated && stated.length > 0 && { g: stated }),
    e: expiresAtMs / 1000,
  };
  const bytes = Buffer.from(JSON.stringify(registration));
  if (bytes.length > MAX_REGISTRATION_BYTES) {
    const description = `The registration is ${bytes.length} bytes long, at most ${MAX_REGISTRATION_BYTES} are taken: shorten its name, scopes or redirect URIs`;
    throw new GrantError('invalid_client_metadata', description);
  }
  const id = randomBytes(ID_BYTES);
  const clientId = context.keys.seal('client', Buffer.concat([id, bytes])).toString('base64url');
  const { keys } = context;
  const clientSecret = renderSecret(keys.currentId, keys.mac('client-secret', clientId));
  return { clientId, clientSecret, issuedAtMs, expiresAtMs };
}

/**
 * Finds the client of a client id; `undefined` when this instance made no such id. Its registration may have expired.
 */
export function findClient(context: Context, clientId: string): Client | undefined {
  const bytes = context.keys.unseal('client', Buffer.from(clientId, 'base64url'));
  if (bytes === undefined) return undefined;
  const { n, s, r, g, e } = JSON.parse(bytes.toString('utf8', ID_BYTES)) as SealedRegistration;
  return {
    id: bytes.subarray(0, ID_BYTES),
    name: n,
    scopes: s ?? [ACCOUNT_ACCESS],
    redirectUris: r ?? [],
    grantTypes: g ?? [DEVICE_CODE, REFRESH_TOKEN, ...(r === undefined ? [] : [AUTHORIZATION_CODE])],
    legacy: s === undefined,
    expiresAtMs: e * 1000,
  };
}

/**
 * Looks for the keys that a client id and secret were made with, where they are not known here.
 *
 * @returns what to wait for before the client is authenticated; `undefined` when there is nothing to wait for
 */
export function learnKeysOfClient(
  { keys, config }: Pick<Context, 'keys' | 'config'>,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): Promise<void> | undefined {
  if (findKnownClient({ config }, clientId) !== undefined) return undefined;
  const [idKey = 0] = Buffer.from(clientId.slice(0, 2), 'base64url');
  return keys.learn(idKey) ?? keys.learn(keyIdOfSecret(clientSecret));
}

/**
 * Authenticates a client by its id and secret.
 *
 * @param address - of the client; says on whose behalf it is remembered that they are right
 * @throws {GrantError} `invalid_client` when the id is unknown, the secret is not its own, or the registration has expired
 */
export function authenticateClient(
  context: Context,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  address: string,
): Client {
  const pair = `${clientId} ${clientSecret}`;
  const verify = () => verifyClient(context, clientId, clientSecret);
  const client = context.authenticatedClients.find(pair, address, verify);
  if (client === undefined) {
    throw new GrantError('invalid_client', `The client id or secret is not valid: ${START_OVER}`);
  }
  if (client.expiresAtMs <= context.now()) {
    const expiredAt = new Date(client.expiresAtMs).toISOString();
    throw new GrantError('invalid_client', `The client registration expired at ${expiredAt}: ${START_OVER}`);
  }
  return client;
}

/** @throws {GrantError} `unauthorized_client` when the client stated other grant types than this one */
export function requireGrantType(client: Client, grantType: string): void {
  if (!client.grantTypes.includes(grantType)) {
    const description = `The client is registered for ${client.grantTypes.join(', ')}, not for ${grantType}`;
    throw new GrantError('unauthorized_client', description);
  }
}

export function isSameClient(client: Client, clientId: Uint8Array): boolean {
  return Buffer.compare(client.id, clientId) === 0;
}

function verifyClient(context: Context, clientId: string, clientSecret: string): Client | undefined {
  const known = findKnownClient(context, clientId);
  if (known !== undefined) return authenticateKnownClient(known, clientSecret);
  return isSecretOf(context, clientId, clientSecret) ? findClient(context, clientId) : undefined;
}

function isSecretOf(context: Context, clientId: string, clientSecret: string): boolean {
  const keyId = keyIdOfSecret(clientSecret);
  const mac = context.keys.macUnder(keyId, 'client-secret', clientId);
  if (mac === undefined) return false;
  const expected = Buffer.from(renderSecret(keyId, mac));
  const stated = Buffer.from(clientSecret);
  return expected.length === stated.length && timingSafeEqual(expected, stated);
}

function keyIdOfSecret(clientSecret: string): number {
  const { length } = SECRET_PREFIX;
  return Buffer.from(clientSecret.slice(length, length + 2), 'base64url')[0] ?? 0;
}

function renderSecret(keyId: number, mac: Uint8Array): string {
  return SECRET_PREFIX + Buffer.concat([Buffer.of(keyId), mac]).toString('base64url');
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
