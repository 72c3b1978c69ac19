import type { Command } from 'commander';
import { change } from '../entries/change.ts';
import { withDirectory } from '../entries/open-directory.ts';
import {
  type AssignmentOptions,
  addAssignmentOptions,
  describeIds,
  findAssignment,
} from './assignment-options.ts';

export function define(command: Command): void {
  addAssignmentOptions(
    command.description('Assigns a permission set in an account to a person or a group, of whatever source.'),
  )
    .addHelpText(
      'after',
      `
Examples:
  latchkey assign add --group developers --account 111122223333 --permission-set ReadOnlyAccess
  latchkey assign add --user alice --account Production --permission-set AdministratorAccess`,
    )
    .action(async (options: AssignmentOptions) => {
      const { text, ids, did } = await withDirectory(command, async (opened) => {
        const found = await findAssignment(command, opened.directory, options);
        const [result] = await change(opened, [{ kind: 'addAssignment', ...found.ids }]);
        return { ...found, did: result?.did };
      });
      if (options.json) console.log(JSON.stringify({ ...describeIds(ids), did }));
      else console.log(did === 'unchanged' ? `Assigned already: ${text}` : `Assigned ${text}`);
    });
}
