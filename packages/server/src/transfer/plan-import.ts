import type { CommandDirectory } from '../control/command-directory.ts';
import { DeclaredEntries } from '../directory/file/declared-entries.ts';
import { type ImportPart, PartInProgress, type PlanInProgress } from './import-plan.ts';
import { planEntries } from './plan-entries.ts';
import { planAssignments, planMembers } from './plan-references.ts';
import type { ImportedDeclaration } from './read-declaration.ts';

/**
 * Compares what is to be imported with the directory, and changes nothing. What is not there is added, entries of commands
 * are changed, entries of other sources must be as they are declared. Nothing is removed, and a password that is not
 * declared stays. A part is made when it is asked for: the directory may have the parts before by then.
 *
 * @param onProgress - told how many of the declared entries were compared
 */
export async function* planImport(
  directory: CommandDirectory,
  { directory: declared, memberships }: ImportedDeclaration,
  onProgress: (done: number, total: number) => void = () => {},
): AsyncGenerator<ImportPart> {
  const { instanceId } = await directory.describe();
  const { users, groups, accounts, permissionSets, assignments } = declared;
  const membersOf = Map.groupBy(memberships, ([, group]) => group);
  const total = [users, groups, groups, accounts, permissionSets, assignments]
    .map(({ length }) => length)
    .reduce((sum, length) => sum + length, membersOf.size);
  let done = 0;
  const plan: PlanInProgress = {
    directory,
    part: new PartInProgress(),
    ids: { user: new Map(), group: new Map(), account: new Map(), permissionSet: new Map() },
    added: new Set(),
    onCompared(entries) {
      done += entries;
      onProgress(done, total);
    },
  };
  const entries = new DeclaredEntries(declared, instanceId);
  for (const kind of ['user', 'group', 'account', 'permissionSet'] as const) {
    yield* planEntries(plan, kind, entries);
  }
  for (const { name, members } of groups) {
    yield* planMembers(plan, name, members);
    plan.onCompared(1);
  }
  for (const [group, pairs] of membersOf) {
    yield* planMembers(
      plan,
      group,
      pairs.map(([user]) => user),
    );
    plan.onCompared(1);
  }
  yield* planAssignments(plan, assignments);
  yield plan.part.take();
}
