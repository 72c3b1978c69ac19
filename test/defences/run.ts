/**
 * Takes each defence out of a copy of the code and sees its test fail: `npm run test:defences [-- [--again] [--jobs N] WORD…]`.
 *
 * Words choose the defences whose name, file or test has one of them. What was seen to fail is not tried again while the code and
 * the tests are the same, so that a run that was stopped goes on; `--again` tries it all the same.
 */
import { parseArgs } from 'node:util';
import { showProgress } from '../../packages/server/src/cli/progress-bar.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { copyTree, repository } from './copy-tree.ts';
import type { Defence, NamedTest } from './defence.ts';
import { subjects } from './list.ts';
import { SeenBefore } from './seen-before.ts';
import { type Outcome, runTest, tryWithout } from './try-without.ts';

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { again: { type: 'boolean', default: false }, jobs: { type: 'string', default: '2' } },
});

/** What came of a defence: how its test ended with it, and without it. */
interface Trial {
  readonly defence: Defence;
  readonly intact: Outcome;
  readonly without?: Outcome;
}

const chosen = subjects
  .flatMap(({ defences }) => defences)
  .filter((defence) => words.length === 0 || words.some((word) => JSON.stringify(defence).includes(word)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const seen = new SeenBefore();
const waiting = values.again ? [...chosen] : chosen.filter((defence) => !seen.has(defence));
const progress = showProgress(waiting.length);
/** How tests ended with all defences in place: several defences have one test. */
const intactByTest = new Map<string, Promise<Outcome>>();
const trials: Trial[] = [];
let failures = 0;

async function work(): Promise<void> {
  using folder = temporaryFolder();
  process.once('exit', () => folder[Symbol.dispose]());
  copyTree(folder.path);
  for (let defence = waiting.shift(); defence !== undefined; defence = waiting.shift()) {
    progress.advance(trials.length, defence.name);
    const intact = await runIntact(folder.path, defence.test);
    const without = intact === 'passed' ? await tryWithout(folder.path, defence) : undefined;
    const trial: Trial = { defence, intact, ...(without && { without }) };
    trials.push(trial);
    if (isSeen(trial)) seen.add(defence);
    const problem = explain(trial);
    if (problem === undefined) continue;
    failures += intact === 'skipped' ? 0 : 1;
    progress.end();
    console.log(`${defence.name}: ${problem}\n  ${defence.test.file}: ${defence.test.title}`);
  }
}

function runIntact(folder: string, named: NamedTest): Promise<Outcome> {
  const key = JSON.stringify(named);
  const outcome = intactByTest.get(key) ?? runTest(folder, named);
  intactByTest.set(key, outcome);
  return outcome;
}

function isSeen({ without }: Trial): boolean {
  return without === 'failed' || without === 'hung';
}

/** @returns what is wrong, and what to do; `undefined` where the test saw that the defence was gone */
function explain(trial: Trial): string | undefined {
  if (isSeen(trial)) return undefined;
  switch (trial.intact) {
    case 'skipped':
      return 'not tried, as its test is skipped on this machine';
    case 'passed':
      break;
    default:
      return `its test does not pass with it (${trial.intact}): run that alone first`;
  }
  return trial.without === 'broken'
    ? 'the code without it does not run, which says nothing of the test: write its patch in test/defences anew'
    : `its test does not fail without it (${trial.without}): write a test that does`;
}

await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work));
progress.end();
const before = chosen.length - trials.length;
const skipped = trials.filter(({ intact }) => intact === 'skipped').length;
const noticed = trials.filter(isSeen).length;
const hung = trials.filter(({ without }) => without === 'hung').length;
console.log(
  [
    `${chosen.length} defences of ${repository}:`,
    `  ${String(noticed).padStart(4)} taken out, and their tests failed${hung > 0 ? `, ${hung} of them by not ending` : ''}`,
    ...(before > 0 ? [`  ${String(before).padStart(4)} seen so before, with the same code`] : []),
    ...(skipped > 0 ? [`  ${String(skipped).padStart(4)} not tried`] : []),
    `  ${String(failures).padStart(4)} not seen by their tests`,
  ].join('\n'),
);
process.exitCode = failures === 0 ? 0 : 1;
