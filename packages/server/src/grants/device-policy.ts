import type { Context } from '../context.ts';
import { nameKey } from '../directory/name-key.ts';
import { AddressBlocks } from '../net/address-blocks.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import type { UnmetBySignIn } from '../policy/judge.ts';
import { judgeAllowance, recordUnmet } from './allow-policy.ts';
import type { AskerNetwork } from './asker-network.ts';
import type { Client } from './client.ts';
import { GrantError } from './grant-error.ts';

/** What people are told to do instead of signing in a device. */
const INSTEAD =
  'sign in with a browser on this machine (aws sso login without --use-device-code, AWS CLI 2.22 or later)';

/**
 * Why a person may not allow a device, by the settings `grants.deviceCode` and `deviceSignIn`: it is turned off, or the client,
 * the person's groups, the network of the browser, or that of the device are others than those named.
 */
export type DeviceRefusal = 'turnedOff' | 'client' | 'group' | 'network' | 'otherNetwork';

export type DeviceVerdict =
  | { readonly kind: 'mayAllow' }
  | { readonly kind: 'refused'; readonly reason: DeviceRefusal }
  /** The person signed in with too little, or too long ago: they may allow the device once they have signed in again. */
  | ({ readonly kind: 'signInAgain' } & Pick<UnmetBySignIn, 'factors' | 'recentSignInSeconds'>);

/**
 * Whether a client may ask for a device code.
 *
 * @throws {GrantError} `unauthorized_client`, with what to do instead
 */
export function requireDeviceSignIn({ config }: Pick<Context, 'config'>, client: Client): void {
  if (!config.grants.deviceCode) {
    throw new GrantError(
      'unauthorized_client',
      `Signing in with a device code is turned off here: ${INSTEAD}`,
    );
  }
  if (!isClientAllowed({ config }, client.knownAs)) {
    throw new GrantError(
      'unauthorized_client',
      `Signing in with a device code is for clients that the administrators know, and this is none of them: ${INSTEAD}`,
    );
  }
}

/**
 * Whether a person may allow a device, as of now, by `deviceSignIn` and by the policy. Denying is up to everyone.
 *
 * @param request.knownClient - id of the client in the configuration, if it has one
 */
export async function judgeDevice(
  context: Pick<Context, 'config' | 'policy' | 'directory' | 'audit' | 'now'>,
  request: {
    readonly clientId: Uint8Array;
    readonly knownClient?: string;
    readonly network: AskerNetwork;
  },
  { session, origin }: { readonly session: SignInSession; readonly origin: Origin },
): Promise<DeviceVerdict> {
  const { grants, deviceSignIn } = context.config;
  if (!grants.deviceCode) return refused('turnedOff');
  if (!isClientAllowed(context, request.knownClient)) return refused('client');
  if (!isNetworkAllowed(context, origin)) return refused('network');
  if (deviceSignIn.sameNetwork && request.network !== 'same') return refused('otherNetwork');
  if (!(await isGroupAllowed(context, session))) return refused('group');
  const unmet = await judgeAllowance(context, request.clientId, { session, origin });
  if (unmet !== undefined) recordUnmet(context, unmet, { session, origin });
  if (unmet?.kind === 'network') return refused('network');
  if (unmet !== undefined) return { ...unmet, kind: 'signInAgain' };
  const { recentSignInSeconds } = deviceSignIn;
  if (recentSignInSeconds === undefined) return { kind: 'mayAllow' };
  const isRecent = context.now() - session.createdAtMs <= recentSignInSeconds * 1000;
  return isRecent ? { kind: 'mayAllow' } : { kind: 'signInAgain', recentSignInSeconds };
}

function isClientAllowed({ config }: Pick<Context, 'config'>, knownClient: string | undefined): boolean {
  const { clients } = config.deviceSignIn;
  return clients === undefined || (knownClient !== undefined && clients.includes(knownClient));
}

/** The address of a proxy that nobody trusts says nothing of where the person is. */
function isNetworkAllowed({ config }: Pick<Context, 'config'>, origin: Origin): boolean {
  const { networks } = config.deviceSignIn;
  if (networks === undefined) return true;
  return origin.viaUntrustedProxy !== true && new AddressBlocks(networks).contains(origin.address);
}

async function isGroupAllowed(
  { config, directory }: Pick<Context, 'config' | 'directory'>,
  { user }: SignInSession,
): Promise<boolean> {
  const { groups } = config.deviceSignIn;
  if (groups === undefined) return true;
  const named = new Set(groups.map(nameKey));
  const groupsOfUser = (await directory.listGroupNames([user.id])).get(user.id) ?? [];
  return groupsOfUser.some((name) => named.has(nameKey(name)));
}

function refused(reason: DeviceRefusal): DeviceVerdict {
  return { kind: 'refused', reason };
}
