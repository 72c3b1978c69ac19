import type { Command } from 'commander';
import { permissionSetEntries } from '../../config/directory-schema.ts';
import { parseDuration } from '../../config/duration.ts';
import { change } from '../entries/change.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption } from '../entries/option.ts';

interface AddOptions {
  readonly description?: string;
  readonly sessionDuration: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description('Adds a permission set.')
    .argument('<permission-set>', 'name, which people see as that of a role')
    .option('--description <text>', 'what it allows')
    .option('--session-duration <duration>', 'lifetime of the role credentials, from 15m to 12h', '1h')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey permission-set add ReadOnlyAccess --description "Look, don't touch" --session-duration 4h`,
    )
    .action(async (name: string, { description, sessionDuration, json }: AddOptions) => {
      checkOption('<permission-set>', name, permissionSetEntries.name);
      checkOption('--description', description, permissionSetEntries.description);
      checkOption('--session-duration', sessionDuration, permissionSetEntries.sessionDuration);
      const permissionSet = {
        name,
        ...(description !== undefined && { description }),
        sessionDurationSeconds: parseDuration(sessionDuration) ?? Number.NaN,
      };
      const [result] = await withDirectory(command, (opened) =>
        change(opened, [{ kind: 'addPermissionSet', permissionSet }]),
      );
      if (json) console.log(JSON.stringify({ id: result?.id, name }));
      else console.log(`Added the permission set ${name}`);
    });
}
