import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A whole program in a document: a block that begins with "```ts program". */
export interface DocumentedProgram {
  /** The heading that it stands under, and its number there. */
  readonly name: string;
  readonly source: string;
  /** Names of the generated modules that it imports. */
  readonly services: readonly string[];
}

/** @param document path in the repository */
export async function programsOf(document: string): Promise<readonly DocumentedProgram[]> {
  const text = await readFile(path.join(import.meta.dirname, '../..', document), 'utf8');
  return text.split(/^#+ /m).flatMap((section) => {
    const [heading = ''] = section.split('\n');
    return Array.from(section.matchAll(/^```ts program\n(.*?)^```$/gms), ([, source = ''], index) => ({
      name: `"${heading}", program ${index + 1},`,
      source,
      services: Array.from(source.matchAll(/ from '\.\/(\w+)\.ts';/g), ([, service = '']) => service),
    }));
  });
}
