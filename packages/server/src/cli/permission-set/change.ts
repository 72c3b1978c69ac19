import type { Command } from 'commander';
import { permissionSetEntries } from '../../config/directory-schema.ts';
import { parseDuration } from '../../config/duration.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption, removable, requireOption } from '../entries/option.ts';

interface ChangeOptions {
  readonly name?: string;
  readonly description?: string;
  readonly sessionDuration?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description('Changes a permission set. Credentials that were handed out keep their lifetime.')
    .argument('<permission-set>', 'name of the permission set')
    .option('--name <name>', 'the new name; profiles of AWS clients have the old one')
    .option('--description <text>', 'what it allows; "" removes it')
    .option('--session-duration <duration>', 'lifetime of the role credentials, from 15m to 12h')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey permission-set change ReadOnlyAccess --session-duration 8h`,
    )
    .action(async (given: string, { name, description, sessionDuration, json }: ChangeOptions) => {
      checkOption('--name', name, permissionSetEntries.name);
      checkOption('--description', description || undefined, permissionSetEntries.description);
      checkOption('--session-duration', sessionDuration, permissionSetEntries.sessionDuration);
      const values = {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description: removable(description) }),
        ...(sessionDuration !== undefined && {
          sessionDurationSeconds: parseDuration(sessionDuration) ?? Number.NaN,
        }),
      };
      requireOption(values, ['--name', '--description', '--session-duration']);
      const { id } = await withDirectory(command, async (opened) => {
        const permissionSet = await getEntry(opened.directory, 'permissionSet', given);
        await change(opened, [{ kind: 'changePermissionSet', id: permissionSet.id, values }]);
        return permissionSet;
      });
      if (json) console.log(JSON.stringify({ id, name: name ?? given }));
      else console.log(`Changed the permission set ${name ?? given}`);
    });
}
