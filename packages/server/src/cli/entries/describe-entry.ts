import type { ListedOf } from '../../control/command-directory.ts';
import type { AssignmentEntry, EntryOf } from '../../store/port/directory.ts';

/** Entries as `--json` prints them, documented in docs/directory.md. Instants are in ISO 8601. */
export const describeEntry = {
  user({ emails, leftAtMs, blocked, createdAtMs, updatedAtMs, ...user }: ListedOf['user']) {
    const { id, userName, displayName, groups, source, externalIds, passwordSetBy, revision } = user;
    const email = primaryEmail({ emails });
    return {
      id,
      userName,
      displayName,
      ...(email !== undefined && { email }),
      emails,
      externalIds,
      groups,
      state: stateOf({ ...user, leftAtMs, blocked }),
      source,
      ...(passwordSetBy !== undefined && { passwordSetBy }),
      ...(blocked !== undefined && { blockedBy: blocked.by, blockedAt: toInstant(blocked.atMs) }),
      ...(leftAtMs !== undefined && { leftAt: toInstant(leftAtMs) }),
      revision,
      createdAt: toInstant(createdAtMs),
      updatedAt: toInstant(updatedAtMs),
    };
  },
  group: (group: ListedOf['group']) => group,
  membership: (membership: ListedOf['membership']) => membership,
  account: (account: ListedOf['account']) => account,
  permissionSet: (permissionSet: ListedOf['permissionSet']) => permissionSet,
  userAssignment: describeAssignment,
  groupAssignment: describeAssignment,
};

function describeAssignment<Entry extends AssignmentEntry>({ principal, ...assignment }: Entry) {
  return { ...principal, ...assignment };
}

export function primaryEmail({ emails }: Pick<EntryOf['user'], 'emails'>): string | undefined {
  return emails.find(({ primary }) => primary)?.address;
}

/** Whether a person may sign in, and why not. What an administrator says comes before what the source says. */
export function stateOf(user: {
  readonly blocked?: unknown;
  readonly leftAtMs?: unknown;
  readonly status: EntryOf['user']['status'];
  readonly hasPassword: boolean;
}): 'blocked' | 'left' | 'disabled' | 'no password' | 'enabled' {
  if (user.blocked !== undefined) return 'blocked';
  if (user.leftAtMs !== undefined) return 'left';
  if (user.status === 'disabled') return 'disabled';
  return user.hasPassword ? 'enabled' : 'no password';
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}
