import { relative } from 'node:path';
import type { CoverageSummary } from './tally.ts';

type File = CoverageSummary['files'][number];

/** A line a file: how much of its lines, branches and functions ran, and which lines did not. */
export function renderCoverageTable({ files, totals, workingDirectory }: CoverageSummary): string {
  const rows = files.map((file) => ({
    name: relative(workingDirectory, file.path),
    shares: sharesOf(file),
    missed: missedLines(file),
  }));
  const sorted = rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const all = [...sorted, { name: 'all files', shares: sharesOf(totals), missed: '' }];
  const width = Math.max(...all.map(({ name }) => name.length));
  const head = `${'file'.padEnd(width)}  lines %  branches %  functions %  lines that did not run`;
  const lines = all.map(({ name, shares: [lines, branches, functions], missed }) =>
    `${name.padEnd(width)}  ${lines.padStart(7)}  ${branches.padStart(10)}  ${functions.padStart(11)}  ${missed}`.trimEnd(),
  );
  return `${[head, ...lines].join('\n')}\n`;
}

/** E.g. `lines 99.37 %, branches 95.72 %, functions 97.97 %`. */
export function renderTotals({ totals }: CoverageSummary): string {
  const [lines, branches, functions] = sharesOf(totals);
  return `lines ${lines} %, branches ${branches} %, functions ${functions} %`;
}

function sharesOf(
  counted: Pick<File, 'coveredLinePercent' | 'coveredBranchPercent' | 'coveredFunctionPercent'>,
): readonly [lines: string, branches: string, functions: string] {
  const { coveredLinePercent, coveredBranchPercent, coveredFunctionPercent } = counted;
  return [coveredLinePercent.toFixed(2), coveredBranchPercent.toFixed(2), coveredFunctionPercent.toFixed(2)];
}

/** E.g. `12 40-44`. */
function missedLines({ lines }: File): string {
  const ranges: [first: number, last: number][] = [];
  for (const { line, count } of lines) {
    if (count > 0) continue;
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === line - 1) range[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(' ');
}
