import { requirePermission } from './deno-permission.ts';

// Not imported, so that a bundle for a browser has nothing in it that it cannot resolve.
const files = () => process.getBuiltinModule('node:fs/promises');

/** @returns the file's text, or `undefined` when there is no such file */
export async function readTextFile(path: string): Promise<string | undefined> {
  requirePermission({ name: 'read', path }, `read "${path}"`, `--allow-read=${path}`);
  try {
    return await files().readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}

/** A file that is about to be replaced. */
export interface Replacement {
  /** Replaces it in one step, so that nobody reads half of it. */
  commit(text: string): Promise<void>;
  /** Cleans up after what was not committed. */
  discard(): Promise<void>;
}

/**
 * Gets ready to replace a file that only its owner may read, so that it is known to be possible before anything is done
 * that cannot be undone.
 */
export async function prepareReplacement(path: string): Promise<Replacement> {
  const partial = `${path}.${crypto.randomUUID()}.tmp`;
  const folder = path.replace(/[\\/][^\\/]*$/, '');
  requirePermission({ name: 'write', path: folder }, `write "${path}"`, `--allow-write=${folder}`);
  await files().writeFile(partial, '', { mode: 0o600 });
  return {
    async commit(text) {
      await files().writeFile(partial, text, { mode: 0o600 });
      await files().rename(partial, path);
    },
    discard: () => files().rm(partial, { force: true }),
  };
}

/** The home folder of who runs the program, where the environment does not say. */
export function homeFolder(): string {
  const flags = '--allow-env=HOME or --allow-sys=homedir';
  requirePermission({ name: 'sys', kind: 'homedir' }, 'find the home folder', flags);
  return process.getBuiltinModule('node:os').homedir();
}
