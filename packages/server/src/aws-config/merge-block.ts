import { refuseSectionsTwice } from './sections-twice.ts';
import { type Line, parseSharedConfig } from './shared-config-file.ts';

/** A shared config file with the block of one instance put into it. */
export interface Merge {
  /** The whole text, Latin-1 for bytes; the one before where nothing changes. */
  readonly text: string;
  /** Lines of the block before; none when it is new. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Puts the block of an instance in the place of the one before, or at the end. All else keeps every byte; the block has
 * the line ends that the rest of the file has.
 *
 * @param text bytes as Latin-1
 * @param block ASCII, from its marker to its marker, with `\n` at the end of each line
 * @throws {SharedConfigError} when the markers are damaged, or a section of the block is elsewhere in the file, too
 */
export function mergeBlock(text: string, instanceId: string, block: string): Merge {
  const file = parseSharedConfig(text);
  const place = file.blocks.find((each) => each.instanceId === instanceId);
  refuseSectionsTwice(file, place, parseSharedConfig(block).sections);

  const after = block.trimEnd().split('\n');
  const old = place === undefined ? [] : file.lines.slice(place.first, place.last + 1);
  const before = old.map((line) => line.text);
  if (before.length === after.length && before.every((line, index) => line === after[index])) {
    return { text, before, after };
  }
  const head = file.lines.slice(0, place?.first);
  const tail = place === undefined ? [] : file.lines.slice(place.last + 1);
  const end = usualEnd([...head, ...tail], old);
  const lines = after.map((line) => ({ text: line, end }));
  const last = old.at(-1);
  // A file that ends with the block and without a line end goes on doing so.
  const kept = last?.end === '' ? [...lines.slice(0, -1), { text: after.at(-1) ?? '', end: '' }] : lines;
  const gap = place === undefined ? gapAfter(head, end) : '';
  return { text: file.byteOrderMark + join(head) + gap + join(kept) + join(tail), before, after };
}

function join(lines: readonly Line[]): string {
  return lines.map(({ text, end }) => text + end).join('');
}

/** What ends most lines of the file; where it has none but the block's, what ends those. */
function usualEnd(rest: readonly Line[], old: readonly Line[]): string {
  for (const lines of [rest, old]) {
    const counts = ['\n', '\r\n', '\r'].map((end) => ({
      end,
      count: lines.filter((line) => line.end === end).length,
    }));
    const [usual] = counts.toSorted((a, b) => b.count - a.count);
    if (usual !== undefined && usual.count > 0) return usual.end;
  }
  return '\n';
}

/** Ends the last line and leaves one empty, before a block that is new. */
function gapAfter(head: readonly Line[], end: string): string {
  const last = head.at(-1);
  if (last === undefined) return '';
  if (last.end === '') return end + end;
  return last.text.trim() === '' ? '' : end;
}
