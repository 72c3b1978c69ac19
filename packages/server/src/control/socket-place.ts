import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of the control socket in a data folder, or a link to it. */
export const CONTROL_FOLDER = 'control';

const SOCKET = 'socket';
const RUNTIME_PREFIX = 'latchkey-control-';

/** The most bytes of a socket's path, without the zero byte at its end: 107 on Linux, 103 on macOS and the BSDs. */
export const MAX_SOCKET_PATH_BYTES = 103;

/** Where a server listens for commands. */
export interface SocketPlace {
  readonly socket: string;
  /** Removes what was made. */
  remove(): void;
}

/**
 * Makes a folder that only its owner can enter, for the control socket of a data folder that this process has locked: a
 * socket in it can be reached by nobody else, not even in the moment before it has mode 0600. What a killed server left
 * is replaced.
 *
 * Where the path in the data folder is too long for a socket, the folder is made among the temporary files, and the data
 * folder has a link to it.
 *
 * @param runtimeDir - the folder for temporary files. Default: `$XDG_RUNTIME_DIR`, else the system's
 * @throws when a folder cannot be made, or the path is too long in both places
 */
export function makeSocketPlace(
  dataDir: string,
  runtimeDir: string = process.env['XDG_RUNTIME_DIR'] || tmpdir(),
): SocketPlace {
  const folder = join(dataDir, CONTROL_FOLDER);
  removeLeftLink(folder);
  const socket = join(realpathSync(dataDir), CONTROL_FOLDER, SOCKET);
  if (fits(socket)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    rmSync(socket, { force: true });
    return { socket, remove: () => rmSync(socket, { force: true }) };
  }
  const elsewhere = mkdtempSync(join(realpathSync(runtimeDir), RUNTIME_PREFIX));
  const remove = () => {
    rmSync(join(elsewhere, SOCKET), { force: true });
    rmdirSync(elsewhere);
    rmSync(folder, { force: true });
  };
  try {
    const short = join(elsewhere, SOCKET);
    if (!fits(short)) {
      throw new Error(
        `the paths ${socket} and ${short} are too long for a socket, which can have ${MAX_SOCKET_PATH_BYTES} bytes: choose a data folder with a shorter path, or set XDG_RUNTIME_DIR`,
      );
    }
    rmSync(folder, { recursive: true, force: true });
    symlinkSync(elsewhere, folder);
    return { socket: short, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A link, and the folder among the temporary files to which it leads, that a killed server left. */
function removeLeftLink(link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  const target = readlinkSync(link);
  unlinkSync(link);
  const isOurs = target.includes(RUNTIME_PREFIX) && findFault(target, process.getuid?.()) === undefined;
  if (!isOurs) return;
  rmSync(join(target, SOCKET), { force: true });
  rmdirSync(target);
}

export type FoundSocket =
  | { readonly kind: 'found'; readonly socket: string }
  | { readonly kind: 'none' }
  /** Somebody else could have made the socket, or it cannot be reached. */
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Finds the control socket of a data folder, whether a server listens to it or not. It must be in a folder that belongs to
 * the owner of the data folder alone: whoever answers there is told hashes of passwords.
 */
export function findSocket(dataDir: string): FoundSocket {
  let folder: string;
  let owner: number;
  try {
    owner = statSync(dataDir).uid;
    folder = realpathSync(join(dataDir, CONTROL_FOLDER));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
    return { kind: 'unusable', reason: message };
  }
  const fault = findFault(folder, owner);
  if (fault !== undefined) return { kind: 'unusable', reason: fault };
  const socket = join(folder, SOCKET);
  if (!fits(socket)) {
    const reason = `${socket} is too long for the path of a socket, which can have ${MAX_SOCKET_PATH_BYTES} bytes: name the data folder by a shorter path, such as a link`;
    return { kind: 'unusable', reason };
  }
  return { kind: 'found', socket };
}

/** @returns why the folder of a socket is not to be trusted */
function findFault(folder: string, owner: number | undefined): string | undefined {
  const state = statSync(folder, { throwIfNoEntry: false });
  if (state === undefined) return undefined;
  if (!state.isDirectory()) return `${folder} is no folder`;
  if (state.uid !== owner && state.uid !== 0) {
    return `${folder} belongs to another user than the data folder: nothing was sent there`;
  }
  if ((state.mode & 0o077) !== 0) {
    return `${folder} can be entered by others than its owner: nothing was sent there (chmod 700 ${folder})`;
  }
  return undefined;
}

function fits(socket: string): boolean {
  return Buffer.byteLength(socket) <= MAX_SOCKET_PATH_BYTES;
}
