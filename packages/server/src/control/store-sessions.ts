import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Audit } from '../audit/audit.ts';
import { nameKey } from '../directory/name-key.ts';
import { AddressBlocks } from '../net/address-blocks.ts';
import type { Origin } from '../origin.ts';
import { endSession } from '../people/end-session.ts';
import type { ListedSession } from '../store/port/session-lists.ts';
import type { Store } from '../store/store.ts';
import type { CommandSessions, FoundSessions, SessionSearch } from './command-sessions.ts';

/** Sessions that are looked at before other requests have their turn. */
const LOOKED_AT_ONCE = 500;
/** Turns after which a search is answered with what it has found: a command that has gone away has nothing searched for longer. */
const TURNS_OF_A_SEARCH = 40;

export interface StoreSessionsParts {
  readonly store: Pick<
    Store,
    | 'listSessions'
    | 'findListedSession'
    | 'endSignInSession'
    | 'endAuthorization'
    | 'revokeRole'
    | 'findRoleRevocation'
  >;
  readonly audit: Audit;
  readonly now: () => number;
}

/** The sessions of a store, for commands. What is ended or revoked is audited. */
export function openStoreSessions(parts: StoreSessionsParts): CommandSessions {
  const { store, audit, now } = parts;
  return {
    searchSessions: (search) => searchSessions(parts, search),
    findSession: async (session) => (await store.findListedSession(session, now())) ?? null,
    async endSession(session, actor) {
      const found = await store.findListedSession(session, now());
      return found !== undefined && endSession(parts, found, { actor, origin: commandOrigin() });
    },
    async revokeRole(role, { beforeMs = Number.POSITIVE_INFINITY, actor }) {
      await store.revokeRole(role, Math.min(beforeMs, now()));
      const issuedBeforeMs = (await store.findRoleRevocation(role)) as number;
      const issuedBefore = new Date(issuedBeforeMs).toISOString();
      audit.record({ event: 'roleRevoked', ...role, issuedBefore, actor }, commandOrigin());
      return { issuedBeforeMs };
    },
  };
}

function commandOrigin(): Origin {
  return { address: 'local', userAgent: 'latchkey', requestId: randomUUID() };
}

async function searchSessions(
  { store, now }: StoreSessionsParts,
  { kind, userId, before: first, limit, ...conditions }: SessionSearch,
): Promise<FoundSessions> {
  const matches = matcher(conditions);
  const sessions: ListedSession[] = [];
  let before = first;
  for (let turn = 0; turn < TURNS_OF_A_SEARCH; turn += 1) {
    const page = {
      limit: LOOKED_AT_ONCE,
      ...(userId !== undefined && { userId }),
      ...(before !== undefined && { before }),
    };
    const looked = await store.listSessions(kind, page, now());
    for (const session of looked) {
      before = session.id;
      if (session.state !== 'live' || !matches(session)) continue;
      sessions.push(session);
      if (sessions.length === limit) return { sessions, before };
    }
    if (looked.length < LOOKED_AT_ONCE) return { sessions };
    await setImmediate();
  }
  return { sessions, ...(before !== undefined && { before }) };
}

type Conditions = Pick<SessionSearch, 'client' | 'address' | 'begunBeforeMs' | 'usedBeforeMs'>;

function matcher({
  client,
  address,
  begunBeforeMs = Number.POSITIVE_INFINITY,
  usedBeforeMs = Number.POSITIVE_INFINITY,
}: Conditions): (session: ListedSession) => boolean {
  const name = client === undefined ? undefined : nameKey(client);
  const network = address === undefined ? undefined : new AddressBlocks([address]);
  return ({ clientName, place, createdAtMs, usedAtMs }) =>
    createdAtMs < begunBeforeMs &&
    usedAtMs < usedBeforeMs &&
    (name === undefined || (clientName !== undefined && nameKey(clientName).includes(name))) &&
    (network === undefined || (place !== undefined && network.contains(place.address)));
}
