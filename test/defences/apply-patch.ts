import type { Patch } from './defence.ts';

/**
 * Takes a defence out of the text of a file.
 *
 * @throws when the text to be replaced does not occur exactly once
 */
export function applyPatch(text: string, { file, find, replacement }: Patch): string {
  const parts = text.split(find);
  const [before = '', after = ''] = parts;
  if (parts.length !== 2) {
    throw new Error(
      `Take a defence out of ${file}: its text occurs ${parts.length - 1} times, expected once: write the patch in test/defences anew\n${find}`,
    );
  }
  return `${before}${replacement}${after}`;
}
