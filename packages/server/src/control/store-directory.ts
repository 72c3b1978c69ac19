import type { Audit } from '../audit/audit.ts';
import { changeAudited } from '../directory/audited-change.ts';
import { nameKey } from '../directory/name-key.ts';
import type { AssignmentEntry, DirectoryReader, EntryKind, EntryOf } from '../store/port/directory.ts';
import type { DirectoryWriter } from '../store/port/directory-change.ts';
import type { FactorStore } from '../store/port/factors.ts';
import type { LinkStore } from '../store/port/links.ts';
import type {
  AssignmentNames,
  CommandDirectory,
  EntryPage,
  Host,
  ListedOf,
  NamedKind,
} from './command-directory.ts';
import { openStoreLinks, type StoreLinksParts } from './store-links.ts';
import { openStoreSessions, type StoreSessionsParts } from './store-sessions.ts';

export interface StoreDirectoryParts {
  readonly store: DirectoryReader &
    DirectoryWriter &
    StoreSessionsParts['store'] & { readonly factors: FactorStore; readonly links: LinkStore };
  readonly audit: Audit;
  readonly now: () => number;
  readonly host: Host;
  /** Where people reach the server. */
  readonly baseUrl: string;
  /** Sends links by mail; absent where there is no mail server. */
  readonly linkMail?: StoreLinksParts['linkMail'];
}

/** The directory and the sessions of a store, for commands. Changes are those of the source `command`, and are audited. */
export function openStoreDirectory(parts: StoreDirectoryParts): CommandDirectory {
  const { store, audit, now, host } = parts;
  return {
    ...openStoreSessions(parts),
    ...openStoreLinks(parts),
    describe: async () => host,
    async findEntries(kind, by) {
      const keys =
        'ids' in by ? by.ids.map((id) => ({ id })) : by.names.map((name) => ({ nameKey: nameKey(name) }));
      const found = await Promise.all(keys.map((key) => store.findEntry(kind, key)));
      return found.map((entry) => entry ?? null);
    },
    async findPasswordHashes(userIds) {
      const hashes = await Promise.all(userIds.map((id) => store.findPasswordHash(id)));
      return hashes.map((hash) => hash ?? null);
    },
    async listFactors(userId) {
      const [factors, codes] = await Promise.all([
        store.factors.listFactors(userId),
        store.factors.countRecoveryCodes(userId),
      ]);
      return {
        factors: factors.map(({ id, kind, name, createdAtMs, lastUsedAtMs }) => ({
          ...{ id, kind, name, createdAtMs, lastUsedAtMs },
        })),
        recoveryCodesLeft: codes?.left ?? 0,
      };
    },
    async listEntries<K extends EntryKind>(kind: K, page: EntryPage): Promise<readonly ListedOf[K][]> {
      const entries = await store.listEntries(kind, page);
      const userIds = entries.flatMap((entry) => ('userName' in entry ? [entry.id] : []));
      const complete = completers(store, userIds)[kind];
      return Promise.all(entries.map(complete));
    },
    countEntries: () => store.countEntries(),
    explainAccess: (userId, accountId, roleName) => store.explainAccess(userId, accountId, roleName),
    changeDirectory: ({ id, actor, steps }) =>
      changeAudited(
        { store, audit },
        { id, actor, steps, source: 'command', nowMs: now() },
        { address: 'local', userAgent: 'latchkey', requestId: id },
      ),
  };
}

type Completers = { readonly [K in EntryKind]: (entry: EntryOf[K]) => Promise<ListedOf[K]> };

/**
 * What adds the names to the entries of a page. Each name is asked for once, and the groups of all people at once.
 *
 * @param userIds - of the people on the page
 */
function completers(store: DirectoryReader, userIds: readonly string[]): Completers {
  let groupNames: ReturnType<DirectoryReader['listGroupNames']> | undefined;
  const asked = new Map<string, Promise<string>>();
  const nameOf = (kind: NamedKind, id: string): Promise<string> => {
    const key = `${kind} ${id}`;
    const known = asked.get(key);
    if (known !== undefined) return known;
    const name = store.findEntry(kind, { id }).then((entry) => entry && nameOfEntry(entry));
    // Removed between two reads.
    const found = name.then((text) => text ?? id);
    asked.set(key, found);
    return found;
  };
  const withNames = async <Entry extends AssignmentEntry>(entry: Entry): Promise<Entry & AssignmentNames> => {
    const { principal, accountId, permissionSetId } = entry;
    return {
      ...entry,
      principalName:
        'userId' in principal
          ? await nameOf('user', principal.userId)
          : await nameOf('group', principal.groupId),
      accountName: await nameOf('account', accountId),
      roleName: await nameOf('permissionSet', permissionSetId),
    };
  };
  const same = async <Entry>(entry: Entry) => entry;
  return {
    async user(user) {
      groupNames ??= store.listGroupNames(userIds);
      return { ...user, groups: (await groupNames).get(user.id) ?? [] };
    },
    group: same,
    async membership(entry) {
      const userName = await nameOf('user', entry.userId);
      return { ...entry, userName, groupName: await nameOf('group', entry.groupId) };
    },
    account: same,
    permissionSet: same,
    userAssignment: withNames,
    groupAssignment: withNames,
  };
}

function nameOfEntry(entry: EntryOf[NamedKind]): string {
  return 'userName' in entry ? entry.userName : entry.name;
}
