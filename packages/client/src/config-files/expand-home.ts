import { homeFolder } from '../platform/files.ts';
import type { Environment } from './variables.ts';

/** A path as people write it in settings: a leading `~` is the home folder. */
export function expandHome(path: string, env: Environment): string {
  if (!/^~(?=$|[\\/])/.test(path)) return path;
  return (env('HOME') ?? env('USERPROFILE') ?? homeFolder()) + path.slice(1);
}
