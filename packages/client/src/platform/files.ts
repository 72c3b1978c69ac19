import { explainDenial, requirePermission } from './deno-permission.ts';

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

/** Replaces a file in one step, so that nobody reads half of it. Only its owner may read it. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const partial = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await files().writeFile(partial, text, { mode: 0o600 });
    await files().rename(partial, path);
  } catch (error) {
    await files()
      .rm(partial, { force: true })
      .catch(() => undefined);
    const folder = path.replace(/[\\/][^\\/]*$/, '');
    throw explainDenial(error, `write "${path}"`, `--allow-write=${folder}`);
  }
}

/** The home folder of who runs the program, where the environment does not say. */
export function homeFolder(): string {
  const flags = '--allow-env=HOME or --allow-sys=homedir';
  requirePermission({ name: 'sys', kind: 'homedir' }, 'find the home folder', flags);
  return process.getBuiltinModule('node:os').homedir();
}
