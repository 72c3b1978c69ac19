export interface TablePrinter {
  /** Prints rows below those before. */
  print(rows: readonly (readonly string[])[]): void;
}

/** Prints aligned columns, page by page: a column is as wide as the widest cell up to then. */
export function tablePrinter(header: readonly string[], write: (line: string) => void): TablePrinter {
  let widths: readonly number[] = [];
  let isFirst = true;
  return {
    print(rows) {
      const cells = (isFirst ? [header, ...rows] : rows).map((row) => row.map(printable));
      isFirst = false;
      widths = header.map((_, column) =>
        Math.max(widths[column] ?? 0, ...cells.map((row) => widthOf(row[column] ?? ''))),
      );
      for (const row of cells) write(renderRow(row, widths));
    },
  };
}

function renderRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
    .join('  ')
    .trimEnd();
}

/** Characters as people count them: an accent or an emoji is one with what it belongs to. */
function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : [...new Intl.Segmenter().segment(text)].length;
}

/** Replaces control characters, which a name from elsewhere could have: they could be commands to the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
