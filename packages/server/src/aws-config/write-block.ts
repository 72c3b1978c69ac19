import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { explainFileError } from '../files/file-error.ts';
import { FileLockedError, withLockFile } from '../files/lock-file.ts';
import { writeFileAtomically } from '../files/write-file-atomically.ts';
import { type AwsConfig, renderAwsConfig } from './aws-config.ts';
import { listChangedLines } from './changed-lines.ts';
import { type Merge, mergeBlock } from './merge-block.ts';
import { SharedConfigError } from './shared-config-error.ts';
import { findUnreadable } from './unreadable.ts';

/** What became of the block of an instance in a shared config file. */
export interface WrittenBlock {
  readonly outcome: 'added' | 'changed' | 'unchanged';
  /** Lines with `+ ` or `- ` before them, and headings between. */
  readonly changes: readonly string[];
  /** Why the AWS CLI cannot read the file, whoever wrote that; a sentence each, with file, line and what to do. */
  readonly unreadable: readonly string[];
}

const MAX_BYTES = 64 * 1024 * 1024;

/** How long to wait for another program that puts its block into the same file. */
const LOCK_WAIT_MS = 10_000;

/** How often to begin again, because the file changed before it was replaced. */
const MAX_TRIES = 5;

/**
 * Puts the block of an instance into a shared config file, in the place of the one before. The file is replaced as a
 * whole, keeping its mode and owner; where it is a link, what it leads to is replaced. Folders that are missing are
 * made for their owner alone. A change that another program makes at the same time is kept.
 *
 * @throws {SharedConfigError} with the file unchanged
 */
export async function writeBlock(file: string, config: AwsConfig): Promise<WrittenBlock> {
  try {
    const target = findTarget(file);
    const block = renderAwsConfig(config);
    const planned = merge(read(target), config.instanceId, block);
    if (!planned.isNew) return report(planned, file);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const lock = join(dirname(target), `.${basename(target)}.latchkey-lock`);
    return await withLockFile(lock, LOCK_WAIT_MS, () => replace({ file, target }, config.instanceId, block));
  } catch (error) {
    throw explain(error, file);
  }
}

interface FileState {
  readonly bytes: Buffer;
  /** Absent when there is no file yet. */
  readonly stats?: Stats;
}

interface Plan extends Merge {
  readonly bytes: Buffer;
  readonly isNew: boolean;
}

interface Place {
  /** Path as the caller names it. */
  readonly file: string;
  /** Path of the file that is replaced, which `file` may only lead to. */
  readonly target: string;
}

/** The file changed after it was read. */
class ChangedError extends Error {
  override readonly name = 'ChangedError';
}

function replace({ file, target }: Place, instanceId: string, block: string): WrittenBlock {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const state = read(target);
    const plan = merge(state, instanceId, block);
    if (!plan.isNew) return report(plan, file);
    // A file that is marked as read-only is left alone, though its folder would allow to replace it.
    if (state.stats !== undefined) accessSync(target, constants.W_OK);
    try {
      writeFileAtomically(target, plan.bytes, attributesOf(state.stats), () => {
        if (!read(target).bytes.equals(state.bytes)) throw new ChangedError();
      });
      return report(plan, file);
    } catch (error) {
      if (!(error instanceof ChangedError)) throw error;
    }
  }
  throw new SharedConfigError(
    'is changed by another program again and again: try again when it has finished',
  );
}

function attributesOf(stats: Stats | undefined): Parameters<typeof writeFileAtomically>[2] {
  if (stats === undefined) return { mode: 0o600 };
  const { mode, uid, gid } = stats;
  return { mode: mode & 0o777, owner: { uid, gid } };
}

function merge({ bytes }: FileState, instanceId: string, block: string): Plan {
  const text = bytes.toString('latin1');
  const merged = mergeBlock(text, instanceId, block);
  return { ...merged, bytes: Buffer.from(merged.text, 'latin1'), isNew: merged.text !== text };
}

function report({ bytes, before, after, isNew }: Plan, file: string): WrittenBlock {
  const changedOutcome = before.length === 0 ? 'added' : 'changed';
  return {
    outcome: isNew ? changedOutcome : 'unchanged',
    changes: listChangedLines(before, after).map(fromBytes),
    unreadable: findUnreadable(bytes, file),
  };
}

function fromBytes(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}

/** Where a file is, or would be made; a link may lead to one that is not there yet. */
function findTarget(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const folder = dirname(file);
  try {
    return findTarget(resolve(realpathSync(folder), readlinkSync(file)));
  } catch (error) {
    // No link either, or no folder to look into.
    if (codeOf(error) === 'ENOENT') return file;
    throw error;
  }
}

function read(target: string): FileState {
  let stats: Stats;
  try {
    stats = statSync(target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { bytes: Buffer.alloc(0) };
    throw error;
  }
  if (!stats.isFile()) throw new SharedConfigError('is not a file that can be replaced: name another');
  if (stats.size > MAX_BYTES) {
    throw new SharedConfigError('is larger than 64 MiB, which no AWS configuration is: name another');
  }
  const bytes = readFileSync(target);
  if (isWide(bytes)) {
    throw new SharedConfigError('is UTF-16 or UTF-32, which AWS clients cannot read: save it as UTF-8 first');
  }
  return { bytes, stats };
}

/** By its byte order mark, or because a quarter of it is zero bytes. */
function isWide(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff' || bytes.filter((byte) => byte === 0).length * 4 > bytes.length;
}

function explain(error: unknown, file: string): unknown {
  if (error instanceof SharedConfigError) {
    const separator = error.message.startsWith('line ') ? ', ' : ' ';
    return new SharedConfigError(file + separator + error.message, { cause: error });
  }
  if (error instanceof FileLockedError) return new SharedConfigError(error.message, { cause: error });
  if (codeOf(error) === undefined) return error;
  return new SharedConfigError(`${file} cannot be replaced: ${explainFileError(error)}`, { cause: error });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
