import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');

/** A test that the table of faults names. */
export interface FaultTest {
  /** Its path from the root of the repository. */
  readonly file: string;
  /** A part of its title, as it stands in the file. */
  readonly title: string;
}

/** Reads which tests docs/reliability.md names. */
export function readFaultTests(): readonly FaultTest[] {
  const page = readFileSync(path.join(root, 'docs/reliability.md'), 'utf8');
  return Array.from(
    page.matchAll(/\[([^\]]+\.test\.ts)\]\(\.\.\/\1\) `([^`]+)`/g),
    ([, file = '', title = '']) => ({
      file,
      title,
    }),
  );
}
