import { requirePermission } from './deno-permission.ts';

// Not an import: a bundler for browsers could not resolve it.
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

export interface ConfigFile {
  readonly text: string;
  /** Whether the text was decoded without replacement characters. */
  readonly isUtf8: boolean;
  /** Why the file cannot be read, e.g. `EACCES`. Undefined: it was read, or is not there. */
  readonly failure?: string;
}

/** Reads a file that need not be there: one that cannot be read counts as empty. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  requirePermission({ name: 'read', path }, `read "${path}"`, `--allow-read=${path}`);
  let bytes: Uint8Array;
  try {
    bytes = await files().readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // A container makes a folder where a file to be mounted is not there.
    const isAbsent = /^(ENOENT|ENOTDIR|EISDIR)$/.test(code);
    return { text: '', isUtf8: true, ...(!isAbsent && { failure: code }) };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), isUtf8: false };
  }
}

/** The replacement of a file, prepared but not yet in its place. */
export interface Replacement {
  /** Replaces the file in one step, so that nobody reads half of it. */
  commit(text: string): Promise<void>;
  /** Removes what was prepared, where it was not committed. */
  discard(): Promise<void>;
}

/**
 * Prepares the replacement of a file that only its owner may read. It fails now, and not after something irreversible,
 * where the file cannot be written.
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

/** Home folder of the user who runs the program, for when no environment variable names it. */
export function homeFolder(): string {
  const flags = '--allow-env=HOME or --allow-sys=homedir';
  requirePermission({ name: 'sys', kind: 'homedir' }, 'find the home folder', flags);
  return process.getBuiltinModule('node:os').homedir();
}
