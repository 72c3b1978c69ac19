import { statSync } from 'node:fs';

/** Whom a file is meant for: its owner alone, or its group, too. */
export type Audience = 'owner' | 'group';

/**
 * Finds out whether more people can read or change a secret file than it is meant for.
 *
 * @returns what to say of it; `undefined` when all is well, the file is not there, or the system has no such modes (Windows)
 */
export function describeExposure(file: string, audience: Audience): string | undefined {
  if (process.platform === 'win32') return undefined;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return undefined;
  const others = mode & 0o007;
  const group = audience === 'owner' ? mode & 0o070 : 0;
  if (others === 0 && group === 0) return undefined;
  const who = others === 0 ? 'the users of its group' : 'every user of this machine';
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  const wanted = audience === 'owner' ? '600' : '640';
  return `the mode of ${file}, ${shown}, lets in ${who} who can reach the folder: chmod ${wanted} ${file}`;
}
