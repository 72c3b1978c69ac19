import { renderTotals } from './coverage-table.ts';
import { renderFailure } from './failure.ts';
import type { Skip, Tally } from './tally.ts';

const MOST_SLOW = 3;
const MOST_TITLES = 2;

/**
 * The end of a run: every failure in full, what was skipped and why, and the totals.
 *
 * @param coverageFile - where the coverage of each file is
 * @returns the last line is `<n> passed, <n> failed, <n> skipped`, which programs read
 */
export function renderClosing(tally: Tally, coverageFile: string): string {
  const { failures, interrupted, complaints, coverage, counts } = tally;
  const failed = failures.map((failure) => `Failed: ${renderFailure(failure)}\n`);
  const took = `Took ${spanOf(tally.durationMs / 1000)}; longest: ${slowest(tally.fileSeconds)}`;
  return [
    ...failed,
    ...complaints,
    ...interrupted.map((file) => `Not at its end when the run was interrupted: ${file}`),
    ...renderSkips(tally.skips),
    ...(counts === undefined || counts.todo === 0 ? [] : [`To do: ${counts.todo}`]),
    ...(coverage === undefined ? [] : [`Coverage: ${renderTotals(coverage)}; of each file: ${coverageFile}`]),
    ...(tally.fileSeconds.size === 0 ? [] : [took]),
    ...(counts === undefined
      ? []
      : [`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`]),
    '',
  ].join('\n');
}

/** A line a reason. */
function renderSkips(skips: readonly Skip[]): readonly string[] {
  return Array.from(
    Map.groupBy(skips, ({ reason }) => reason),
    ([reason, same]) => {
      const titles = same.slice(0, MOST_TITLES).map(({ file, title }) => `${file}: ${title}`);
      const more = same.length > MOST_TITLES ? `; and ${same.length - MOST_TITLES} more` : '';
      return `Skipped, as ${reason || 'its test does not say why'}: ${titles.join('; ')}${more}`;
    },
  );
}

function slowest(fileSeconds: ReadonlyMap<string, number>): string {
  return [...fileSeconds]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST_SLOW)
    .map(([file, seconds]) => `${file} ${spanOf(seconds)}`)
    .join(', ');
}

/** E.g. `4 min 12 s`. */
function spanOf(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
