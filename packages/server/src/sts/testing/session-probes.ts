import assert from 'node:assert/strict';
import type { Ask } from '../../http/testing/account-for-requests.ts';
import { type Credentials, type Instance, portal, refresh } from '../../http/testing/api.ts';
import type { Latchkey } from '../../testing-kit/mod.ts';
import { Caller } from './caller.ts';

/** A program that a person has signed in. */
export interface Program {
  readonly client: Credentials;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A server, and the time by which its requests are signed. */
export type Server = Instance & { readonly clock: Pick<Latchkey['clock'], 'now'> };

/**
 * What a program asks the servers of an instance for, in turns: the portal, new tokens, and STS with role credentials that it got
 * before.
 *
 * @param role - of the person
 */
export async function probesOf(
  servers: readonly Server[],
  { client, accessToken, ...program }: Program,
  role: { readonly accountId: string; readonly roleName: string },
): Promise<Record<'portal' | 'refresh' | 'sts', Ask>> {
  const first = servers[0] ?? assert.fail('an instance has a server');
  const path = `/federation/credentials?account_id=${role.accountId}&role_name=${role.roleName}`;
  const { members } = await portal(first, path, accessToken);
  const keys = Object(members['roleCredentials']);
  assert.ok(keys.sessionToken, JSON.stringify(members));
  const callers = servers.map((server) => new Caller(server as Latchkey, keys));
  const inTurns = <Each>(each: readonly Each[], ask: (one: Each) => Promise<boolean>): Ask => {
    let turn = 0;
    return () => ask(each[turn++ % each.length]!);
  };
  let { refreshToken } = program;
  return {
    portal: inTurns(
      servers,
      async (server) => (await portal(server, '/assignment/accounts', accessToken)).status === 200,
    ),
    refresh: inTurns(servers, async (server) => {
      const { status, members: tokens } = await refresh(server, client, refreshToken);
      if (status === 200) refreshToken = String(tokens['refreshToken']);
      return status === 200;
    }),
    sts: inTurns(callers, async (caller) => (await caller.deliver(await caller.sign())).status === 200),
  };
}
