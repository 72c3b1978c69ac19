import { type Command, Option } from 'commander';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { assignmentColumns } from '../entries/columns.ts';
import { getEntry } from '../entries/find-entry.ts';
import { addListOptions, type ListOptions, type ListPart, printList } from '../entries/list-command.ts';
import { withDirectory } from '../entries/open-directory.ts';

interface AssignListOptions extends ListOptions {
  readonly user?: string;
  readonly group?: string;
  readonly account?: string;
}

export function define(command: Command): void {
  addListOptions(
    command
      .description('Lists the assignments of all sources: those to people, then those to groups.')
      .addOption(
        new Option('--user <name>', 'only what is assigned to this person directly').conflicts('group'),
      )
      .option('--group <name>', 'only what is assigned to this group')
      .option('--account <id>', 'only what is assigned in this account'),
    'a key: the kind, and the ids of user or group, account and permission set',
  )
    .addHelpText(
      'after',
      `
What people have through groups: latchkey why <user> <account> <role>

Examples:
  latchkey assign list --account 111122223333
  latchkey assign list --group developers --json`,
    )
    .action((options: AssignListOptions) =>
      withDirectory(command, async (opened) => {
        const parts = await choose(opened.directory, options);
        await printList(opened, parts, assignmentColumns, options);
      }),
    );
}

async function choose(
  directory: CommandDirectory,
  { user, group, account: accountName }: AssignListOptions,
): Promise<readonly ListPart<'userAssignment' | 'groupAssignment'>[]> {
  const account = accountName === undefined ? undefined : await getEntry(directory, 'account', accountName);
  const inAccount = account && { accountId: account.id };
  if (user !== undefined) {
    const { id: userId } = await getEntry(directory, 'user', user);
    return [{ kind: 'userAssignment', of: { userId, ...inAccount } }];
  }
  if (group !== undefined) {
    const { id: groupId } = await getEntry(directory, 'group', group);
    return [{ kind: 'groupAssignment', of: { groupId, ...inAccount } }];
  }
  const of = inAccount && { of: inAccount };
  return [
    { kind: 'userAssignment', ...of },
    { kind: 'groupAssignment', ...of },
  ];
}
