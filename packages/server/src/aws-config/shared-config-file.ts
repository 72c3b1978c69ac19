import { parseMarker } from './markers.ts';
import { SharedConfigError } from './shared-config-error.ts';

/**
 * A text that AWS clients read, `~/.aws/config`, as far as it has to be understood to keep blocks in it. Bytes are
 * taken for characters (Latin-1): whatever the encoding, all that matters here is ASCII, and every byte is kept.
 */
export interface SharedConfigFile {
  /** The three bytes of UTF-8's byte order mark where the text begins with them, else nothing. */
  readonly byteOrderMark: string;
  /** All lines, in order; joined they are the text after the byte order mark. */
  readonly lines: readonly Line[];
  readonly sections: readonly Section[];
  /** Those of all instances; none overlaps another. */
  readonly blocks: readonly Block[];
}

export interface Line {
  /** Without what ends it. */
  readonly text: string;
  /** `\n`, `\r\n`, `\r`, or nothing at the end of the file. */
  readonly end: string;
}

export interface Section {
  /** As clients tell sections apart: `profile dev`, `profile default`, `sso-session corp`, `services corp`. */
  readonly heading: string;
  /** Index of the line. */
  readonly index: number;
}

/** The lines from a marker that begins a block to the one that ends it. */
export interface Block {
  readonly instanceId: string;
  /** Indexes of lines; both are included. */
  readonly first: number;
  readonly last: number;
}

const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** @throws {SharedConfigError} when the markers do not show where each block begins and ends */
export function parseSharedConfig(text: string): SharedConfigFile {
  const byteOrderMark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const lines = Array.from(
    text.slice(byteOrderMark.length).matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g),
    ([, line = '', end = '']): Line => ({ text: line, end }),
  ).filter(({ text: line, end }) => line !== '' || end !== '');
  const sections = lines.flatMap((line, index): Section[] => {
    const heading = parseHeading(line.text);
    return heading === undefined ? [] : [{ heading, index }];
  });
  return { byteOrderMark, lines, sections, blocks: findBlocks(lines) };
}

/**
 * The heading of a section, spelt in one way. An indented one counts: the AWS CLI takes it for the rest of a value,
 * where there is one above it, but other clients for a section.
 */
function parseHeading(line: string): string | undefined {
  const inside = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim();
  if (inside === undefined) return undefined;
  const [, kind, name = ''] = /^(profile|sso-session|services)\s+(.+)$/.exec(inside) ?? [];
  if (kind === undefined) return inside === 'default' ? 'profile default' : inside;
  return `${kind} ${/^(["'])(.*)\1$/.exec(name)?.[2] ?? name}`;
}

function findBlocks(lines: readonly Line[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly instanceId: string; readonly first: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const marker = parseMarker(line.text);
    if (marker === undefined) continue;
    const { kind, instanceId } = marker;
    if (instanceId === undefined) {
      throw damaged(
        index,
        `it begins like a marker of latchkey, "${kind} latchkey", but names no instance ("ssoins-" and 16 hexadecimal digits)`,
      );
    }
    if (kind === 'BEGIN') {
      if (open !== undefined) {
        throw damaged(
          index,
          `the block of ${instanceId} begins, though the block of ${open.instanceId}, which begins in line ${open.first + 1}, has not ended`,
        );
      }
      const earlier = blocks.find((block) => block.instanceId === instanceId);
      if (earlier !== undefined) {
        throw new SharedConfigError(
          `line ${index + 1}: the block of ${instanceId} begins a second time; there is one already, from line ${earlier.first + 1} to line ${earlier.last + 1}. Delete one of the two`,
        );
      }
      open = { instanceId, first: index };
    } else {
      if (open?.instanceId !== instanceId) {
        throw damaged(
          index,
          `the block of ${instanceId} ends, but ${open === undefined ? 'it has not begun' : `the block that has begun, in line ${open.first + 1}, is of ${open.instanceId}`}`,
        );
      }
      blocks.push({ ...open, last: index });
      open = undefined;
    }
  }
  if (open !== undefined) {
    throw damaged(
      open.first,
      `the block of ${open.instanceId} begins, but no line "# END latchkey ${open.instanceId}" ends it`,
    );
  }
  return blocks;
}

function damaged(index: number, what: string): SharedConfigError {
  return new SharedConfigError(
    `line ${index + 1}: ${what}. Put the marker right, or delete the lines of that block, markers included`,
  );
}
