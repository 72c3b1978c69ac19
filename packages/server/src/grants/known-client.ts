import { hash } from 'node:crypto';
import type { KnownClient } from '../config/config.ts';
import type { Context } from '../context.ts';
import { isSecretOf } from '../keys/secret-hash.ts';
import type { Client } from './client.ts';
import { DEVICE_CODE, REFRESH_TOKEN } from './grant-types.ts';
import { ACCOUNT_ACCESS } from './scopes.ts';

type WithClients = { readonly config: Pick<Context['config'], 'clients'> };

/** Finds the confidential client that the configuration has under an id. */
export function findKnownClient({ config }: WithClients, clientId: string): KnownClient | undefined {
  return config.clients.find(({ id }) => id === clientId);
}

/** Finds the confidential client of the configuration whose requests have this row id. */
export function findKnownClientOfRow({ config }: WithClients, rowId: Uint8Array): KnownClient | undefined {
  return config.clients.find(({ id }) => Buffer.compare(rowIdOf(id), rowId) === 0);
}

/** @returns `undefined` when the secret is not the client's */
export function authenticateKnownClient(known: KnownClient, clientSecret: string): Client | undefined {
  if (!isSecretOf(known.secretHash, clientSecret)) return undefined;
  return {
    id: rowIdOf(known.id),
    name: known.name,
    scopes: [ACCOUNT_ACCESS],
    redirectUris: [],
    grantTypes: [DEVICE_CODE, REFRESH_TOKEN],
    legacy: false,
    knownAs: known.id,
    expiresAtMs: Number.POSITIVE_INFINITY,
  };
}

/** 12 bytes, as of a client that registered itself: the same wherever the configuration has this id. */
function rowIdOf(clientId: string): Uint8Array {
  return hash('sha256', `known client ${clientId}`, 'buffer').subarray(0, 12);
}
