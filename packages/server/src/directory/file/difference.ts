import { isDeepStrictEqual } from 'node:util';
import type {
  AccountEntry,
  EmailAddress,
  ExternalId,
  GroupEntry,
  PermissionSetEntry,
  UserEntry,
} from '../../store/port/directory.ts';
import type {
  AccountValues,
  Changed,
  DirectoryStep,
  GroupValues,
  PermissionSetValues,
} from '../../store/port/directory-change.ts';
import { compareKeys } from '../compare-keys.ts';
import { nameKey } from '../name-key.ts';
import type { DeclaredOf, DeclaredUser, ReferenceKind } from './declared-entries.ts';

/** A user of the file, as the store has it. */
export interface StoredUser extends UserEntry {
  readonly passwordHash?: string;
}

export interface StoredOf {
  readonly user: StoredUser;
  readonly group: GroupEntry;
  readonly account: AccountEntry;
  readonly permissionSet: PermissionSetEntry;
}

/** Steps that belong together: a state in which some are taken and others not would be wrong. */
export type Steps = readonly DirectoryStep[];

/** What ends somebody's access: a user whom the file disables, or does not have any more. */
export function endUser(stored: StoredUser | undefined, declared: DeclaredUser | undefined): Steps {
  if (stored === undefined || stored.leftAtMs !== undefined) return [];
  if (declared === undefined) return [{ kind: 'letGo', entry: { kind: 'user', id: stored.id } }];
  const isEnded = stored.status === 'enabled' && declared.values.status === 'disabled';
  return isEnded ? changeUser(stored, declared) : [];
}

/**
 * What adds a user, or brings one up to date.
 *
 * @param version - returns the version of a user that is new
 */
export function bringUser(
  stored: StoredUser | undefined,
  declared: DeclaredUser | undefined,
  version: (declared: DeclaredUser) => string | undefined,
): Steps {
  if (declared === undefined) return [];
  // Whoever left comes back as somebody new does.
  if (stored === undefined || stored.leftAtMs !== undefined) {
    const { id, values, passwordHash } = declared;
    const firstVersion = version(declared);
    const user = {
      ...{ id, ...values },
      ...(passwordHash !== undefined && { passwordHash }),
      ...(firstVersion !== undefined && { version: firstVersion }),
    };
    return [{ kind: 'addUser', user }];
  }
  // The password first: nobody may be enabled with the one before.
  return [...changePassword(stored, declared), ...changeUser(stored, declared)];
}

/** What gives a user another name, and brings the user up to date. */
export function renameUser(stored: StoredUser, declared: DeclaredUser): Steps {
  if (stored.leftAtMs === undefined) return bringUser(stored, declared, () => undefined);
  const { userName } = declared.values;
  // Whoever comes back is found by the new name.
  const rename: DirectoryStep = { kind: 'changeUser', id: stored.id, values: { userName } };
  return [rename, ...bringUser({ ...stored, userName }, declared, () => undefined)];
}

function changePassword(stored: StoredUser, { passwordHash }: DeclaredUser): Steps {
  const isTheFiles = stored.passwordSetBy === 'file';
  if (passwordHash === undefined) {
    return isTheFiles ? [{ kind: 'setPassword', userId: stored.id, hash: null }] : [];
  }
  const isSame = isTheFiles && stored.passwordHash === passwordHash;
  return isSame ? [] : [{ kind: 'setPassword', userId: stored.id, hash: passwordHash }];
}

function changeUser(stored: StoredUser, declared: DeclaredUser): Steps {
  const { userName, displayName, emails, externalIds, status } = stored;
  const values = changedValues({ userName, displayName, emails, externalIds, status }, declared.values);
  return values === undefined ? [] : [{ kind: 'changeUser', id: stored.id, values }];
}

export function bringGroup(stored: GroupEntry | undefined, declared: DeclaredOf['group'] | undefined): Steps {
  if (declared === undefined) return [];
  const { id, values } = declared;
  if (stored === undefined) return [{ kind: 'addGroup', group: { id, ...values } }];
  const { name, description, externalIds } = stored;
  const changed = changedValues<GroupValues>(
    { name, ...(description !== undefined && { description }), externalIds },
    values,
  );
  return changed === undefined ? [] : [{ kind: 'changeGroup', id: stored.id, values: changed }];
}

export function bringAccount(
  stored: AccountEntry | undefined,
  declared: DeclaredOf['account'] | undefined,
): Steps {
  if (declared === undefined) return [];
  const { id, values } = declared;
  if (stored === undefined) return [{ kind: 'addAccount', account: { id, ...values } }];
  const { name, email } = stored;
  const changed = changedValues<AccountValues>({ name, ...(email !== undefined && { email }) }, values);
  return changed === undefined ? [] : [{ kind: 'changeAccount', id, values: changed }];
}

export function bringPermissionSet(
  stored: PermissionSetEntry | undefined,
  declared: DeclaredOf['permissionSet'] | undefined,
): Steps {
  if (declared === undefined) return [];
  const { id, values } = declared;
  if (stored === undefined) return [{ kind: 'addPermissionSet', permissionSet: { id, ...values } }];
  const { name, description, sessionDurationSeconds } = stored;
  const changed = changedValues<PermissionSetValues>(
    { name, ...(description !== undefined && { description }), sessionDurationSeconds },
    values,
  );
  return changed === undefined ? [] : [{ kind: 'changePermissionSet', id: stored.id, values: changed }];
}

/** Adds or removes a membership or an assignment. */
export function changeReference(
  kind: ReferenceKind,
  ids: readonly string[],
  change: 'add' | 'remove',
): DirectoryStep {
  const [principal = '', accountId = '', permissionSetId = ''] = ids;
  if (kind === 'membership') return { kind: `${change}Membership`, userId: principal, groupId: accountId };
  return {
    kind: `${change}Assignment`,
    principal: kind === 'userAssignment' ? { userId: principal } : { groupId: principal },
    ...{ accountId, permissionSetId },
  };
}

/** @returns the values in which an entry differs; `undefined` when it has all of them */
function changedValues<Values extends object>(before: Values, after: Values): Changed<Values> | undefined {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].flatMap((key) => {
    const [old, now]: [unknown, unknown] = [Reflect.get(before, key), Reflect.get(after, key)];
    return isDeepStrictEqual(inOrder(old), inOrder(now)) ? [] : [[key, now ?? null]];
  });
  return changed.length === 0 ? undefined : (Object.fromEntries(changed) as Changed<Values>);
}

/** Lists of addresses and external ids in one order: which one they are in says nothing. */
function inOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return (value as readonly (EmailAddress | ExternalId)[])
    .map((item) => ({ item, key: 'address' in item ? nameKey(item.address) : item.issuer }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ item }) => ({ ...item }));
}
