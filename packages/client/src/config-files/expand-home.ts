import { homeFolder } from '../platform/files.ts';
import type { Environment } from './variables.ts';

/** Expands a leading `~` in a path to the home folder. */
export function expandHome(path: string, env: Environment): string {
  if (!/^~(?=$|[\\/])/.test(path)) return path;
  return (env('HOME') ?? env('USERPROFILE') ?? homeFolder()) + path.slice(1);
}

/** Expands `$NAME` and `${NAME}` to environment variables, where there are such, and then a leading `~`. */
export function expandPath(path: string, env: Environment): string {
  const expanded = path.replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (text, plain, braced) => env(plain ?? braced) ?? text,
  );
  return expandHome(expanded, env);
}
