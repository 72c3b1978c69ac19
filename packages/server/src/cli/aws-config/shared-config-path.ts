import os from 'node:os';
import path from 'node:path';

/**
 * The file that AWS clients read: `AWS_CONFIG_FILE`, in which the AWS CLI takes `~` and `$NAME` for what they mean in a
 * shell, else `~/.aws/config`.
 *
 * @param asked instead of it; relative to the current folder
 */
export function sharedConfigPath(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  // A shell leaves the tilde of `--file=~/config` as it is.
  if (asked !== undefined) return path.resolve(expandHome(asked));
  const named = env['AWS_CONFIG_FILE'] || '~/.aws/config';
  return path.resolve(
    expandHome(named).replace(/\$(?:(\w+)|\{(\w+)\})/g, (text, a, b) => env[a ?? b] ?? text),
  );
}

function expandHome(file: string): string {
  return file.replace(/^~(?=[\\/]|$)/, () => os.homedir());
}
