import { homeFolder } from '../platform/files.ts';
import type { Environment } from './variables.ts';

/** Expands a leading `~` in a path to the home folder. */
export function expandHome(path: string, env: Environment): string {
  if (!/^~(?=$|[\\/])/.test(path)) return path;
  return (env('HOME') ?? env('USERPROFILE') ?? homeFolder()) + path.slice(1);
}
