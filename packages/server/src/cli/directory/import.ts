import type { Command } from 'commander';
import { readConfigText } from '../../config/config-file.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { applyImport } from '../../transfer/apply-import.ts';
import type { ImportConflict, ImportPlan, PlannedChange } from '../../transfer/import-plan.ts';
import { planImport } from '../../transfer/plan-import.ts';
import {
  type ImportedDeclaration,
  readCsvDeclaration,
  readYamlDeclaration,
} from '../../transfer/read-declaration.ts';
import { commandActor } from '../entries/actor.ts';
import { explainConflict } from '../entries/explain-conflict.ts';
import { kindNames, renderHint } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { printable } from '../entries/render-table.ts';
import { CommandError } from '../exit-code.ts';
import { showProgress } from '../progress-bar.ts';

interface Options {
  readonly csv?: true;
  readonly dryRun?: true;
  readonly skipConflicts?: true;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Adds the users, groups, accounts, permission sets and assignments of a file to the store, and brings those that commands have made up to date.',
    )
    .argument('<file>', 'YAML with the lists of a configuration file, or CSV; - means standard input')
    .option('--csv', 'the file is CSV of people; so is one whose name ends in .csv')
    .option('--dry-run', 'show what would be added, changed, and in conflict, and change nothing')
    .option('--skip-conflicts', 'import everything that is in no conflict')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Nothing is removed. Where an entry is in conflict, such as one that the configuration file declares differently, nothing is
imported, and each conflict is named. An import that was interrupted is finished by running it again.

CSV begins with the names of its columns: userName, and any of displayName, email, groups (separated by semicolons), disabled,
id and passwordHash. Groups must be there.

Examples:
  latchkey directory import people.yaml --dry-run
  latchkey directory import people.csv
  age --decrypt people.age | latchkey directory import -`,
    )
    .action(async (file: string, options: Options) => {
      const declaration = await read(file, options);
      await withDirectory(command, async ({ directory }) => {
        const plan = await makePlan(directory, declaration);
        if (declaration.ignored.length > 0) {
          console.error(`Not imported, as it is no part of the directory: ${declaration.ignored.join(', ')}`);
        }
        const isRefused = plan.conflicts.length > 0 && options.skipConflicts === undefined;
        const isDry = options.dryRun === true || isRefused;
        if (options.json) console.log(JSON.stringify({ imported: !isDry, ...describe(plan) }));
        else await print(directory, plan, isDry);
        if (!isDry) await apply(directory, plan);
        if (isRefused) {
          throw new CommandError(
            `Nothing was imported: ${counted(plan.conflicts.length, 'conflict')}. Resolve them, or import the rest with --skip-conflicts`,
          );
        }
      });
    });
}

async function read(file: string, { csv }: Options): Promise<ImportedDeclaration> {
  const name = file === '-' ? 'standard input' : file;
  const text = file === '-' ? await readStandardInput() : (await readConfigText(file, name)).text;
  return csv || /\.csv$/i.test(file) ? readCsvDeclaration(text, name) : readYamlDeclaration(text, name);
}

/** The limit of a file holds for standard input, too. */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_INPUT_BYTES) throw new CommandError('Standard input is larger than 64 MiB, the limit');
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new CommandError('Standard input is not UTF-8 text');
  }
}

async function makePlan(directory: CommandDirectory, declaration: ImportedDeclaration): Promise<ImportPlan> {
  let bar: ReturnType<typeof showProgress> | undefined;
  try {
    return await planImport(directory, declaration, (done, total) => {
      bar ??= showProgress(total);
      bar.advance(done, 'entries compared');
    });
  } finally {
    bar?.end();
  }
}

async function apply(directory: CommandDirectory, { steps }: ImportPlan): Promise<void> {
  const bar = showProgress(steps.length);
  const outcome = await applyImport(directory, steps, {
    actor: commandActor(),
    onProgress: (done) => bar.advance(done, 'changes made'),
  }).finally(() => bar.end());
  if (outcome.kind === 'done') return;
  const { done, conflict, step } = outcome;
  throw new CommandError(
    `The import stopped after ${done} of ${steps.length} changes: ${await explainConflict(directory, conflict, step)}. What was imported stays; run the command again for the rest`,
  );
}

const kindWords = { ...kindNames, membership: 'membership', assignment: 'assignment' };

function describe({ changes, conflicts, unchanged }: ImportPlan) {
  const named = (does: PlannedChange['does']) =>
    changes.filter((change) => change.does === does).map(({ does: _does, ...change }) => change);
  return { added: named('add'), changed: named('change'), conflicts, unchanged };
}

async function print(directory: CommandDirectory, plan: ImportPlan, isDry: boolean): Promise<void> {
  for (const { does, kind, name, values } of plan.changes) {
    const what = values === undefined ? '' : ` (${values.join(', ')})`;
    console.log(printable(`${does === 'add' ? 'add     ' : 'change  '} ${kindWords[kind]} ${name}${what}`));
  }
  for (const conflict of plan.conflicts) {
    const { kind, name } = conflict;
    console.log(printable(`conflict ${kindWords[kind]} ${name}: ${await explain(directory, conflict)}`));
  }
  const { added, changed, conflicts, unchanged } = describe(plan);
  const verb = isDry ? 'Would add' : 'Adding';
  console.log(
    `${verb} ${added.length} and ${isDry ? 'change' : 'changing'} ${changed.length}; ${counted(conflicts.length, 'conflict')}, ${unchanged} unchanged`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

async function explain(directory: CommandDirectory, conflict: ImportConflict): Promise<string> {
  switch (conflict.why) {
    case 'owned':
      return explainConflict(directory, { kind: 'owned', entry: conflict.entry });
    case 'otherId':
      return `it is there with the id ${conflict.id}, which cannot change: leave the id out of the file`;
    case 'idTaken':
      return explainConflict(directory, { kind: 'taken', what: 'id', by: conflict.entry });
    case 'missing': {
      const { what, whatName } = conflict;
      return `there is no ${kindNames[what]} "${whatName}"${await renderHint(directory, what, whatName)}`;
    }
  }
}
