/**
 * Times patterns beside the platform's expressions, on texts that they match: `npm run bench:patterns`. The patterns are
 * those of all AWS models, which must be in ../shared.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { compilePattern } from '@latchkey/wire';
import { PatternTexts } from '@latchkey/wire/fixtures/pattern-texts';
import { isDeterministic } from '@latchkey/wire/validation/pattern/deterministic';
import { parsePattern } from '@latchkey/wire/validation/pattern/parse';
import { compileProgram } from '@latchkey/wire/validation/pattern/program';

interface Row {
  readonly characters: number;
  readonly ownNs: number;
  readonly platformNs: number;
}

const folder = new URL('../../shared/api-models-aws/', import.meta.url).pathname;
const rounds = 5;
const runsPerRound = 400;

if (!existsSync(folder)) {
  console.error('Cannot measure: ../shared/api-models-aws is not here');
  process.exit(2);
}

const rows: Record<'automaton' | 'platform', Row[]> = { automaton: [], platform: [] };
for (const pattern of readPatterns()) {
  const measured = measure(pattern);
  if (measured !== undefined) rows[measured.by].push(measured.row);
}
for (const [by, measured] of Object.entries(rows)) {
  const median = (value: (row: Row) => number) => middle(measured.map(value));
  console.log(
    `${by}: ${measured.length} patterns; medians: ${median((row) => row.characters)} characters, ` +
      `${median((row) => row.ownNs).toFixed(0)} ns, the platform's expression ${median((row) => row.platformNs).toFixed(0)} ns, ` +
      `${median((row) => row.ownNs / row.platformNs).toFixed(1)} times as long`,
  );
}

function readPatterns(): ReadonlySet<string> {
  const patterns = new Set<string>();
  for (const path of globSync(`${folder}*/service/*/*.json`)) {
    const found = readFileSync(path, 'utf8').matchAll(/"smithy\.api#pattern"\s*:\s*("(?:[^"\\]|\\.)*")/g);
    for (const [, text = '""'] of found) patterns.add(JSON.parse(text));
  }
  return patterns;
}

/** Undefined for a pattern that is refused, or for which no matching text is found. */
function measure(pattern: string): { readonly by: keyof typeof rows; readonly row: Row } | undefined {
  try {
    const matches = compilePattern(pattern);
    const { root, unicode } = parsePattern(pattern);
    const program = compileProgram(root);
    const text = new PatternTexts(root, { unicode, seed: 1 }).match();
    if ('tooLarge' in program || text === '' || !matches(text)) return undefined;
    const expression = new RegExp(pattern, unicode ? 'u' : '');
    const row = {
      characters: text.length,
      ownNs: nanosecondsOf(() => matches(text)),
      platformNs: nanosecondsOf(() => expression.test(text)),
    };
    return { by: isDeterministic(program.main) ? 'platform' : 'automaton', row };
  } catch {
    return undefined;
  }
}

/** The fastest of some rounds: whatever else the machine does only adds to it. */
function nanosecondsOf(work: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now();
    for (let run = 0; run < runsPerRound; run++) work();
    fastest = Math.min(fastest, ((performance.now() - startMs) * 1e6) / runsPerRound);
  }
  return fastest;
}

function middle(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
