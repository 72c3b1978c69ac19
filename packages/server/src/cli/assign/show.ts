import type { Command } from 'commander';
import { pagesOf } from '../../control/pages.ts';
import { describeEntry } from '../entries/describe-entry.ts';
import { describeSource } from '../entries/explain-conflict.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { CommandError } from '../exit-code.ts';
import { type AssignmentOptions, addAssignmentOptions, findAssignment } from './assignment-options.ts';

export function define(command: Command): void {
  addAssignmentOptions(command.description('Shows an assignment, and which source it is from.')).action(
    (options: AssignmentOptions) =>
      withDirectory(command, async ({ directory }) => {
        const { ids, text } = await findAssignment(command, directory, options);
        const { principal, accountId, permissionSetId } = ids;
        const kind = 'userId' in principal ? 'userAssignment' : 'groupAssignment';
        for await (const page of pagesOf(directory, kind, { of: { ...principal, accountId } })) {
          const found = page.find((assignment) => assignment.permissionSetId === permissionSetId);
          if (found === undefined) continue;
          if (options.json) console.log(JSON.stringify(describeEntry[kind](found)));
          else console.log(`Assigned ${text}, by ${describeSource(found.source)}`);
          return;
        }
        throw new CommandError(`Not assigned: ${text}`);
      }),
  );
}
