import os from 'node:os';
import path from 'node:path';

/**
 * Path of the config file that AWS clients read: `AWS_CONFIG_FILE`, else `~/.aws/config`. In the variable `~` and `$NAME` mean
 * what they mean in a shell, as for the AWS CLI.
 *
 * @param asked path that the option `--file` names instead; relative to the current folder
 */
export function sharedConfigPath(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  // In `--file=~/config` the shell does not expand the tilde.
  if (asked !== undefined) return path.resolve(expandHome(asked));
  const named = env['AWS_CONFIG_FILE'] || '~/.aws/config';
  return path.resolve(
    expandHome(named).replace(/\$(?:(\w+)|\{(\w+)\})/g, (text, a, b) => env[a ?? b] ?? text),
  );
}

function expandHome(file: string): string {
  return file.replace(/^~(?=[\\/]|$)/, () => os.homedir());
}
