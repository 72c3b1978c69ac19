import { hash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { nameKey } from '../directory/name-key.ts';
import { writeFileAtomically } from '../files/write-file-atomically.ts';
import { enabledUsers, type LostAccess, lostAccess } from '../people/lost-access.ts';
import type { LoadedConfig } from './load-config.ts';

/** A change of the directory that ends the access of so many people that it may be an accident. */
export interface LargeChange {
  /** E.g. `23-of-150-people-3f9a1c7e4b2d`. A change that was confirmed has another name when it comes again. */
  readonly name: string;
  /** Number of people who could sign in before. */
  readonly people: number;
  /** Those whose access ends. */
  readonly ended: readonly LostAccess[];
}

export type Verdict =
  /** `confirmed`: the large change, if it was one. */
  | { readonly kind: 'taken'; readonly confirmed?: LargeChange }
  | { readonly kind: 'refused'; readonly change: LargeChange }
  /** The file has no settings at all: perhaps somebody is about to write it. */
  | { readonly kind: 'empty' };

interface InForce {
  readonly directory: DirectoryConfig;
  /** Names of changes that confirm nothing any more, oldest first. */
  readonly spentNames: readonly string[];
}

/** A change that ends the access of more people than this, and of more than one in `ONE_IN`, must be confirmed. */
const FEW_PEOPLE = 10;
const ONE_IN = 10;
const MAX_SPENT_NAMES = 1_000;

/**
 * Guards the directory in force against accidents, such as a file that is cut off, or from another branch. What is in force
 * is kept in the data folder, so that a restart is no way around the guard.
 *
 * Each change is compared with the directory in force, never with one that was refused. A line `confirmedChange` that has
 * been in a configuration in force is spent: it confirms nothing that comes later.
 */
export class DirectoryGuard {
  readonly #dataDir: string;
  #inForce: InForce | undefined;

  private constructor(dataDir: string, inForce: InForce | undefined) {
    this.#dataDir = dataDir;
    this.#inForce = inForce;
  }

  /**
   * @param warn - told when what is kept in the data folder cannot be read, so that any change would be taken
   */
  static open(dataDir: string, warn: (message: string) => void): DirectoryGuard {
    try {
      const text = readIfThere(inForceFile(dataDir));
      return new DirectoryGuard(dataDir, text === undefined ? undefined : parseInForce(text));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(
        `${inForceFile(dataDir)} cannot be read (${reason}): whom this configuration removes or disables is not known`,
      );
      return new DirectoryGuard(dataDir, undefined);
    }
  }

  /** The directory that was taken last; `undefined` when no server has used the data folder. */
  get directory(): DirectoryConfig | undefined {
    return this.#inForce?.directory;
  }

  judge({ config, text }: LoadedConfig): Verdict {
    if (this.#inForce === undefined) return { kind: 'taken' };
    const { directory, spentNames } = this.#inForce;
    const ended = lostAccess(directory, config.directory);
    if (ended.length > 0 && config.file !== undefined && hasNoSettings(text)) return { kind: 'empty' };
    const people = enabledUsers(directory).length;
    if (ended.length <= FEW_PEOPLE || ended.length * ONE_IN <= people) return { kind: 'taken' };
    const change = { name: nameChange(ended, people, spentNames), people, ended };
    const isConfirmed = config.confirmedChange === change.name || this.isConfirmedHere(change);
    return isConfirmed ? { kind: 'taken', confirmed: change } : { kind: 'refused', change };
  }

  /** Puts a configuration in force. @throws when it cannot be kept in the data folder; it is in force all the same */
  take({ config }: LoadedConfig, confirmed: LargeChange | undefined): void {
    const before = this.#inForce;
    const names = [...(before?.spentNames ?? []), config.confirmedChange, confirmed?.name];
    const spentNames = [...new Set(names.filter((name) => name !== undefined))].slice(-MAX_SPENT_NAMES);
    const inForce = { directory: config.directory, spentNames };
    if (isDeepStrictEqual(inForce, before)) return;
    this.#inForce = inForce;
    writeFileAtomically(inForceFile(this.#dataDir), `${JSON.stringify({ version: 1, ...inForce })}\n`, {
      mode: 0o600,
    });
    rmSync(confirmationFile(this.#dataDir), { force: true });
  }

  /** Whether somebody on this machine has confirmed a change, by `confirmHere`. */
  isConfirmedHere({ name }: LargeChange): boolean {
    try {
      return readIfThere(confirmationFile(this.#dataDir))?.trim() === name;
    } catch {
      return false;
    }
  }

  /** Confirms a change for the server that uses the data folder, now or later. */
  confirmHere({ name }: LargeChange): void {
    // Whoever runs the server must be able to read it.
    const { uid, gid } = statSync(this.#dataDir);
    const attributes = { mode: 0o644, owner: { uid, gid } };
    writeFileAtomically(confirmationFile(this.#dataDir), `${name}\n`, attributes);
  }
}

/** The name says how many people lose their access, and by a digest who, and what. */
function nameChange(ended: readonly LostAccess[], people: number, spentNames: readonly string[]): string {
  const losses = ended.map(({ userName, lost }) => `${nameKey(userName)} ${lost}`).toSorted();
  for (let times = 0; ; times += 1) {
    const digest = hash('sha256', [times, people, ...losses].join('\n'), 'hex').slice(0, 12);
    const name = `${ended.length}-of-${people}-people-${digest}`;
    if (!spentNames.includes(name)) return name;
  }
}

function hasNoSettings(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#.*|---|\.\.\.)?\s*$/.test(line));
}

function inForceFile(dataDir: string): string {
  return path.join(dataDir, 'directory.json');
}

function confirmationFile(dataDir: string): string {
  return path.join(dataDir, 'confirmed-change');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseInForce(text: string): InForce {
  const { version, directory, spentNames } = parseJson(text);
  if (version !== 1) throw new Error('it is damaged, or of another release');
  return { directory: directory as DirectoryConfig, spentNames: spentNames as string[] };
}

/** Without the parser's message, which may quote a password hash. */
function parseJson(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
