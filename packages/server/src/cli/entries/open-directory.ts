import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { type ConfigSources, loadSettings } from '../../config/load-config.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { ControlError, connectControl } from '../../control/control-client.ts';
import { findSocket } from '../../control/socket-place.ts';
import { explainFileError } from '../../files/file-error.ts';
import { FolderLockedError } from '../../files/lock-folder.ts';
import { StoreUnavailable } from '../../store/store-unavailable.ts';
import { CommandError } from '../exit-code.ts';
import { configSources } from '../sources.ts';

/** The directory of an instance, as a command opened it. */
export interface OpenedDirectory {
  readonly directory: CommandDirectory;
}

/** Time for which a command waits for another command, or for a server that starts or stops. */
const WAIT_MS = 10_000;
const RETRY_MS = 100;

/**
 * Opens the directory, does something with it, and closes it: through the control socket of a running server, so that one
 * process writes; without one, in the data folder itself.
 *
 * @throws {CommandError} when neither is possible
 */
export async function withDirectory<Result>(
  command: Command,
  act: (opened: OpenedDirectory) => Promise<Result>,
): Promise<Result> {
  const { directory, close } = await open(configSources(command));
  try {
    return await act({ directory });
  } catch (error) {
    const isTold = error instanceof ControlError || error instanceof StoreUnavailable;
    throw isTold ? new CommandError(error.message) : error;
  } finally {
    await close();
  }
}

interface Opened {
  readonly directory: CommandDirectory;
  close(): Promise<void> | void;
}

async function open(sources: ConfigSources): Promise<Opened> {
  const { dataDir } = (await loadSettings(sources)).config;
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const client = await connect(dataDir);
    if (client !== undefined) return { directory: client, close: () => client.close() };
    try {
      return await openHere(sources, dataDir);
    } catch (error) {
      if (!(error instanceof FolderLockedError)) throw explain(error, dataDir);
      if (waitedMs >= WAIT_MS) throw new CommandError(explainLocked(dataDir));
    }
    await setTimeout(RETRY_MS);
  }
}

async function connect(dataDir: string) {
  const found = findSocket(dataDir);
  if (found.kind === 'none') return undefined;
  if (found.kind === 'unusable') {
    throw new CommandError(`The control socket of the server cannot be used: ${found.reason}`);
  }
  try {
    return await connectControl(found.socket);
  } catch (error) {
    throw error instanceof ControlError ? new CommandError(error.message) : error;
  }
}

function explainLocked(dataDir: string): string {
  const server =
    process.platform === 'win32'
      ? 'Commands cannot reach a running server on Windows: stop it first'
      : 'It answers no commands: it may be starting or stopping, be of an older release, or be another command. Try again, or stop it';
  return `Another Latchkey uses the data folder ${dataDir}. ${server}`;
}

async function openHere(sources: ConfigSources, dataDir: string): Promise<Opened> {
  refuseForeignFolder(dataDir);
  const { openLocalDirectory } = await import('./open-local-directory.ts');
  return openLocalDirectory(sources);
}

/** What root makes in the folder of somebody else, the server could not open afterwards. */
function refuseForeignFolder(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
  const user = process.geteuid?.();
  if (owner === undefined || user === undefined || user !== 0 || owner === 0) return;
  throw new CommandError(
    `No server runs with the data folder ${dataDir}, which belongs to another user (uid ${owner}): start the server, or run this as that user, e.g. with \`sudo -u '#${owner}'\``,
  );
}

function explain(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof CommandError) return error;
  return new CommandError(
    `The data folder ${dataDir} cannot be used: ${explainFileError(error)}`,
    undefined,
    {
      cause: error,
    },
  );
}
