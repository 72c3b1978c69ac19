import type { Command } from 'commander';
import { DirectoryGuard } from '../../config/directory-guard.ts';
import { editUsers, ReadOnlyConfigError, type UserEdit, UserEditError } from '../../config/edit-users.ts';
import { describeLargeChange, waysToConfirm } from '../../config/explain-refusal.ts';
import { judgeForCommand } from '../../config/judge-for-command.ts';
import { type ConfigSources, displayPath, loadConfig } from '../../config/load-config.ts';
import type { DirectoryConfig, UserConfig } from '../../directory/file/declaration.ts';
import { nameKey } from '../../directory/name-key.ts';
import { CommandError } from '../exit-code.ts';
import { configSources } from '../sources.ts';

/**
 * Changes users in the configuration file, which must be valid before and after.
 *
 * @param makeEdit - returns the change; called once the file was found, and may ask the person, e.g. for a password
 * @returns the file, as the person would name it
 */
export async function editConfiguredUsers(
  command: Command,
  makeEdit: (directory: DirectoryConfig) => Promise<UserEdit>,
): Promise<string> {
  const sources = configSources(command);
  const { config, directory } = await loadConfig(sources);
  if (config.file === undefined) {
    throw new CommandError(
      'There is no configuration file: start `latchkey serve`, which writes an example, or give one with --config',
    );
  }
  try {
    await editUsers(config.file, await makeEdit(directory), sources);
  } catch (error) {
    if (error instanceof UserEditError) throw new CommandError(capitalize(error.message));
    if (error instanceof ReadOnlyConfigError) {
      throw new CommandError(`${error.message}\nPut these entries into it:\n\n${error.replacement}`);
    }
    throw error;
  }
  await warnOfRefusal(sources);
  return displayPath(config.file, sources.cwd);
}

/** Whether the configuration file declares a user, in any case. */
export async function isDeclared(command: Command, userName: string): Promise<boolean> {
  const { config, directory } = await loadConfig(configSources(command));
  const isNamed = (user: UserConfig) => nameKey(user.userName) === nameKey(userName);
  return config.file !== undefined && directory.users.some(isNamed);
}

/** Whoever disables the last of many people must know that none of them is disabled yet. */
async function warnOfRefusal(sources: ConfigSources): Promise<void> {
  const loaded = await loadConfig(sources);
  const guard = DirectoryGuard.open(loaded.config.dataDir, console.error);
  const verdict = await judgeForCommand(loaded, guard, console.error);
  if (verdict.kind !== 'refused') return;
  const { command, what, line } = waysToConfirm(verdict.change, loaded, sources);
  console.error(
    `Warning: a server does not take this yet, because by now the file ${describeLargeChange(verdict.change)}. Run \`${command}\`, or ${what}: ${line}`,
  );
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
