import { hash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Inspection } from '../directory/file/inspect-file.ts';
import type { LostAccess } from '../directory/file/lost-access.ts';
import { nameKey } from '../directory/name-key.ts';
import { writeFileAtomically } from '../files/write-file-atomically.ts';
import { readFormerDirectory } from './former-directory.ts';
import type { LoadedFacts } from './loaded-directory.ts';

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

/** What is to be judged: a configuration, and what it would change. */
export interface Candidate {
  readonly facts: Pick<LoadedFacts, 'config' | 'text' | 'digest'>;
  readonly inspection: Pick<Inspection, 'ended' | 'peopleBefore' | 'otherUsers'>;
}

interface GuardState {
  /** Names of changes that confirm nothing any more, oldest first. */
  readonly spentNames: readonly string[];
  /** The digest of a file that was taken, and is perhaps applied in part. */
  readonly taken?: string;
}

/** A change that ends the access of more people than this, and of more than one in `ONE_IN`, must be confirmed. */
const FEW_PEOPLE = 10;
const ONE_IN = 10;
const MAX_SPENT_NAMES = 1_000;

/**
 * Guards the directory against accidents, such as a file that is cut off, or from another branch. Each change is compared with
 * the directory in the store, so that a restart is no way around the guard, and never with one that was refused. A line
 * `confirmedChange` that has been in a configuration that was taken is spent: it confirms nothing that comes later.
 *
 * What was taken is kept in the data folder until it is applied wholly: a change that a crash interrupts is not judged again
 * by what is left of it.
 */
export class DirectoryGuard {
  readonly #dataDir: string;
  #state: GuardState;
  /** Whether the file has the state. */
  #isKept: boolean;

  private constructor(dataDir: string, state: GuardState, isKept: boolean) {
    this.#dataDir = dataDir;
    this.#state = state;
    this.#isKept = isKept;
  }

  /** @param warn - told when what is kept in the data folder cannot be read, so that a line may confirm a second change */
  static open(dataDir: string, warn: (message: string) => void): DirectoryGuard {
    try {
      const text = readIfThere(stateFile(dataDir));
      if (text !== undefined) return new DirectoryGuard(dataDir, parseState(text), true);
      const spentNames = readFormerDirectory(dataDir)?.spentNames ?? [];
      return new DirectoryGuard(dataDir, { spentNames }, false);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(
        `${stateFile(dataDir)} cannot be read (${reason}): which changes were confirmed before is not known`,
      );
      return new DirectoryGuard(dataDir, { spentNames: [] }, false);
    }
  }

  judge({ facts, inspection }: Candidate): Verdict {
    if (this.#state.taken === hexOf(facts.digest)) return { kind: 'taken' };
    const { ended, peopleBefore, otherUsers } = inspection;
    if (ended.length > 0 && facts.text?.isEmpty) return { kind: 'empty' };
    const others = ended.filter(({ isOfOther }) => isOfOther).length;
    const isLargeForFile = isLarge(ended.length - others, peopleBefore);
    const everybody = others === 0 ? peopleBefore : peopleBefore + otherUsers;
    if (!isLargeForFile && !isLarge(ended.length, everybody)) return { kind: 'taken' };
    const people = isLargeForFile ? peopleBefore + others : everybody;
    const change = { name: nameChange(ended, people, this.#state.spentNames), people, ended };
    const isConfirmed = facts.config.confirmedChange === change.name || this.isConfirmedHere(change);
    return isConfirmed ? { kind: 'taken', confirmed: change } : { kind: 'refused', change };
  }

  /** Notes that a configuration is taken, before it is applied. @throws when that cannot be kept in the data folder */
  take({ config, digest }: Candidate['facts'], confirmed: LargeChange | undefined): void {
    const names = [...this.#state.spentNames, config.confirmedChange, confirmed?.name];
    const spentNames = [...new Set(names.filter((name) => name !== undefined))].slice(-MAX_SPENT_NAMES);
    this.#keep({ spentNames, taken: hexOf(digest) });
    rmSync(confirmationFile(this.#dataDir), { force: true });
  }

  /** Notes that what was taken last is applied. @throws when that cannot be kept in the data folder */
  finish(): void {
    this.#keep({ spentNames: this.#state.spentNames });
  }

  #keep(state: GuardState): void {
    if (this.#isKept && isDeepStrictEqual(state, this.#state)) return;
    this.#state = state;
    this.#isKept = true;
    const attributes = { mode: 0o600 };
    writeFileAtomically(
      stateFile(this.#dataDir),
      `${JSON.stringify({ version: 1, ...state })}\n`,
      attributes,
    );
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

function isLarge(ended: number, people: number): boolean {
  return ended > FEW_PEOPLE && ended * ONE_IN > people;
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

function hexOf(digest: Uint8Array): string {
  return Buffer.from(digest).toString('hex');
}

function stateFile(dataDir: string): string {
  return path.join(dataDir, 'taken-changes.json');
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

function parseState(text: string): GuardState {
  const { version, spentNames, taken } = Object(JSON.parse(text));
  if (version !== 1) throw new Error('it is damaged, or of another release');
  return { spentNames, ...(taken !== undefined && { taken }) };
}
