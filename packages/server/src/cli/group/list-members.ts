import type { Command } from 'commander';
import { memberColumns } from '../entries/columns.ts';
import { getEntry } from '../entries/find-entry.ts';
import { addListOptions, type ListOptions, printList } from '../entries/list-command.ts';
import { withDirectory } from '../entries/open-directory.ts';

export function define(command: Command): void {
  addListOptions(
    command
      .description('Lists the members of a group, with the source of each membership.')
      .argument('<group>', 'name of the group'),
    'a key: the ids of user and group',
  ).action((given: string, options: ListOptions) =>
    withDirectory(command, async (opened) => {
      const { id: groupId } = await getEntry(opened.directory, 'group', given);
      await printList(opened, [{ kind: 'membership', of: { groupId } }], memberColumns, options);
    }),
  );
}
