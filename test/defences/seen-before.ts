import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, repository } from './copy-tree.ts';
import type { Defence } from './defence.ts';

const file = path.join(repository, 'node_modules/.cache/latchkey-defences.json');

/** Defences whose tests were seen to fail without them, as long as neither code nor tests have changed since. */
export class SeenBefore {
  readonly #state = digestCode();
  readonly #seen: Set<string>;

  constructor() {
    this.#seen = new Set(readSeen(this.#state));
  }

  has(defence: Defence): boolean {
    return this.#seen.has(JSON.stringify(defence));
  }

  add(defence: Defence): void {
    this.#seen.add(JSON.stringify(defence));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ state: this.#state, seen: [...this.#seen] }));
  }
}

function readSeen(state: string): readonly string[] {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { state: string; seen: readonly string[] };
    return kept.state === state ? kept.seen : [];
  } catch {
    return []; // the first run, or the file of an interrupted one
  }
}

/** A digest of all code and tests, but for the list of defences itself. */
function digestCode(): string {
  const files = listFiles().filter((name) => /^(?:packages|test)\/(?!defences\/)/.test(name));
  return hash('sha256', files.map((name) => `${name} ${digestFile(name)}`).join('\n'));
}

function digestFile(name: string): string {
  return hash('sha256', readFileSync(path.join(repository, name)));
}
