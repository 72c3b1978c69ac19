import type { Audit, DirectoryChangedEvent } from '../audit/audit.ts';
import type { Origin } from '../origin.ts';
import type { DirectoryReader } from '../store/port/directory.ts';
import type {
  ChangeOutcome,
  DirectoryChange,
  DirectoryStep,
  DirectoryWriter,
  StepResult,
} from '../store/port/directory-change.ts';

/** Changes the directory, and records an audit event for each step that did something. */
export async function changeAudited(
  { store, audit }: { readonly store: DirectoryReader & DirectoryWriter; readonly audit: Audit },
  change: DirectoryChange,
  origin: Origin,
): Promise<ChangeOutcome> {
  const { steps, source, actor } = change;
  // Before the change: whoever is removed has no name afterwards.
  const userNames = await findUserNames(store, steps);
  const outcome = await store.changeDirectory(change);
  if (outcome.kind === 'refused') return outcome;
  for (const [index, step] of steps.entries()) {
    const result = outcome.results[index];
    if (result === undefined || result.did === 'unchanged') continue;
    const subject = subjectOf(step, result);
    const userName = subject.userId === undefined ? undefined : userNames.get(subject.userId);
    audit.record(
      {
        event: 'directoryChanged',
        step: step.kind,
        did: result.did,
        source,
        actor,
        ...(userName !== undefined && { userName }),
        ...subject,
      },
      origin,
    );
  }
  return outcome;
}

async function findUserNames(
  store: DirectoryReader,
  steps: readonly DirectoryStep[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(steps.flatMap((step) => subjectOf(step, {}).userId ?? []));
  const users = await Promise.all(Array.from(ids, (id) => store.findEntry('user', { id })));
  return new Map(users.flatMap((user) => (user === undefined ? [] : [[user.id, user.userName]])));
}

type Subject = Pick<
  DirectoryChangedEvent,
  'userId' | 'userName' | 'groupId' | 'groupName' | 'accountId' | 'permissionSetId' | 'permissionSetName'
>;

/** The entries that a step is about. */
function subjectOf(step: DirectoryStep, { id }: Pick<StepResult, 'id'>): Subject {
  switch (step.kind) {
    case 'addUser':
      return { ...(id !== undefined && { userId: id }), userName: step.user.userName };
    case 'changeUser':
    case 'removeUser':
      return { userId: step.id };
    case 'setPassword':
    case 'blockUser':
    case 'unblockUser':
    case 'signOutEverywhere':
    case 'resetFactors':
      return { userId: step.userId };
    case 'addGroup':
      return { ...(id !== undefined && { groupId: id }), groupName: step.group.name };
    case 'changeGroup':
    case 'removeGroup':
      return { groupId: step.id };
    case 'addMembership':
    case 'removeMembership':
      return { userId: step.userId, groupId: step.groupId };
    case 'addAccount':
      return { accountId: step.account.id };
    case 'changeAccount':
    case 'removeAccount':
      return { accountId: step.id };
    case 'addPermissionSet':
      return {
        ...(id !== undefined && { permissionSetId: id }),
        permissionSetName: step.permissionSet.name,
      };
    case 'changePermissionSet':
    case 'removePermissionSet':
      return { permissionSetId: step.id };
    case 'addAssignment':
    case 'removeAssignment':
      return { ...step.principal, accountId: step.accountId, permissionSetId: step.permissionSetId };
    case 'letGo':
      return { [`${step.entry.kind}Id`]: step.entry.id };
  }
}
