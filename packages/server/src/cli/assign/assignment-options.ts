import { type Command, Option } from 'commander';
import type { CommandDirectory } from '../../control/command-directory.ts';
import type { Principal } from '../../store/port/directory.ts';
import { getEntry, nameOf } from '../entries/find-entry.ts';

export interface AssignmentOptions {
  readonly user?: string;
  readonly group?: string;
  readonly account: string;
  readonly permissionSet: string;
  readonly json?: true;
}

/** Adds the options that name one assignment. */
export function addAssignmentOptions(command: Command): Command {
  return command
    .addOption(new Option('--user <name>', 'the person').conflicts('group'))
    .addOption(new Option('--group <name>', 'the group').conflicts('user'))
    .requiredOption('--account <id>', 'id or name of the account')
    .requiredOption('--permission-set <name>', 'the permission set')
    .option('--json', 'print the result as JSON');
}

/** An assignment, and the names in it. */
export interface NamedAssignment {
  readonly ids: {
    readonly principal: Principal;
    readonly accountId: string;
    readonly permissionSetId: string;
  };
  /** E.g. `ReadOnlyAccess in 111122223333 to group developers`. */
  readonly text: string;
}

/**
 * Finds what the options name.
 *
 * @throws {CommandError} when something that they name is not there
 */
export async function findAssignment(
  command: Command,
  directory: CommandDirectory,
  { user, group, account: accountName, permissionSet: setName }: AssignmentOptions,
): Promise<NamedAssignment> {
  const name = user ?? group;
  if (name === undefined)
    command.error("error: one of the options '--user <name>' and '--group <name>' is needed");
  const kind = user === undefined ? 'group' : 'user';
  const principal = await getEntry(directory, kind, name);
  const account = await getEntry(directory, 'account', accountName);
  const permissionSet = await getEntry(directory, 'permissionSet', setName);
  return {
    ids: {
      principal: kind === 'user' ? { userId: principal.id } : { groupId: principal.id },
      accountId: account.id,
      permissionSetId: permissionSet.id,
    },
    text: `${permissionSet.name} in ${account.id} (${account.name}) to the ${kind} ${nameOf(principal)}`,
  };
}

/** The ids of an assignment as `--json` prints them. */
export function describeIds({ principal, ...ids }: NamedAssignment['ids']): object {
  return { ...principal, ...ids };
}
