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
    command.description(
      'Ends an assignment. Role credentials that were handed out for it are refused from the next request on.',
    ),
  )
    .addHelpText(
      'after',
      `
Example:
  latchkey assign remove --group developers --account 111122223333 --permission-set ReadOnlyAccess`,
    )
    .action(async (options: AssignmentOptions) => {
      const { text, ids } = await withDirectory(command, async (opened) => {
        const found = await findAssignment(command, opened.directory, options);
        await change(opened, [{ kind: 'removeAssignment', ...found.ids }]);
        return found;
      });
      if (options.json) {
        console.log(JSON.stringify({ ...describeIds(ids), did: 'removed' }));
      } else {
        console.log(`No longer assigned: ${text}`);
      }
    });
}
