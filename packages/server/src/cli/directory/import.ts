import type { Command } from 'commander';
import { readConfigText } from '../../config/config-file.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { applyImport } from '../../transfer/apply-import.ts';
import type { ImportConflict, PlannedChange } from '../../transfer/import-plan.ts';
import { planImport } from '../../transfer/plan-import.ts';
import {
  type ImportedDeclaration,
  readCsvDeclaration,
  readYamlDeclaration,
} from '../../transfer/read-declaration.ts';
import { counted } from '../counted.ts';
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
        if (declaration.ignored.length > 0) {
          console.error(`Not imported, as it is no part of the directory: ${declaration.ignored.join(', ')}`);
        }
        const report = options.json ? new JsonReport() : new TextReport(directory);
        const plan = await compare(directory, declaration, report);
        const isRefused = plan.conflicts.length > 0 && options.skipConflicts === undefined;
        const isDry = options.dryRun === true || isRefused;
        await report.end(plan, isDry);
        if (!isDry) await apply(directory, declaration, plan);
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

/** What an import does in all. */
interface Compared {
  readonly added: number;
  readonly changed: number;
  readonly steps: number;
  readonly conflicts: readonly ImportConflict[];
  readonly unchanged: number;
}

/** Tells what an import does, as it is found. */
interface Report {
  tell(change: PlannedChange): void;
  end(compared: Compared, isDry: boolean): Promise<void>;
}

/** Compares a file with the directory, a part at a time, and tells each change. */
async function compare(
  directory: CommandDirectory,
  declaration: ImportedDeclaration,
  report: Report,
): Promise<Compared> {
  let bar: ReturnType<typeof showProgress> | undefined;
  const counts = { add: 0, change: 0 };
  const conflicts: ImportConflict[] = [];
  let [steps, unchanged] = [0, 0];
  try {
    const parts = planImport(directory, declaration, (done, total) => {
      bar ??= showProgress(total);
      bar.advance(done, 'entries compared');
    });
    for await (const part of parts) {
      if (part.changes.length > 0) bar?.end();
      for (const change of part.changes) {
        counts[change.does] += 1;
        report.tell(change);
      }
      conflicts.push(...part.conflicts);
      steps += part.steps.length;
      unchanged += part.unchanged;
    }
  } finally {
    bar?.end();
  }
  return { added: counts.add, changed: counts.change, steps, conflicts, unchanged };
}

/** Compares the file again, and applies each part before the next is made. */
async function apply(
  directory: CommandDirectory,
  declaration: ImportedDeclaration,
  { steps, conflicts }: Compared,
): Promise<void> {
  const bar = showProgress(steps);
  const outcome = await applyImport(directory, planImport(directory, declaration), {
    ...{ actor: commandActor(), knownConflicts: conflicts },
    onProgress: (done) => bar.advance(done, 'changes made'),
  }).finally(() => bar.end());
  if (outcome.kind === 'done') return;
  const { done } = outcome;
  const why =
    outcome.kind === 'stopped'
      ? await explainConflict(directory, outcome.conflict, outcome.step)
      : `${kindWords[outcome.conflict.kind]} ${outcome.conflict.name}: ${await explain(directory, outcome.conflict)}`;
  throw new CommandError(
    `The import stopped after ${done} of ${counted(steps, 'change')}: ${why}. What was imported stays; run the command again for the rest`,
  );
}

const kindWords = { ...kindNames, membership: 'membership', assignment: 'assignment' };

/** A line for each change, then those of the conflicts, then a summary. */
class TextReport implements Report {
  readonly #directory: CommandDirectory;

  constructor(directory: CommandDirectory) {
    this.#directory = directory;
  }

  tell({ does, kind, name, values }: PlannedChange): void {
    const what = values === undefined ? '' : ` (${values.join(', ')})`;
    console.log(printable(`${does === 'add' ? 'add     ' : 'change  '} ${kindWords[kind]} ${name}${what}`));
  }

  async end({ added, changed, conflicts, unchanged }: Compared, isDry: boolean): Promise<void> {
    for (const conflict of conflicts) {
      const { kind, name } = conflict;
      console.log(
        printable(`conflict ${kindWords[kind]} ${name}: ${await explain(this.#directory, conflict)}`),
      );
    }
    const verb = isDry ? 'Would add' : 'Adding';
    console.log(
      `${verb} ${added} and ${isDry ? 'change' : 'changing'} ${changed}; ${counted(conflicts.length, 'conflict')}, ${unchanged} unchanged`,
    );
  }
}

/** One object. What is added is written as it is found, what changes is kept as text until then. */
class JsonReport implements Report {
  readonly #changed: string[] = [];
  /** What is written before the next that is added. */
  #before = '{"added":[';

  tell({ does, ...change }: PlannedChange): void {
    const text = JSON.stringify(change);
    if (does === 'change') {
      this.#changed.push(text);
      return;
    }
    process.stdout.write(`${this.#before}${text}`);
    this.#before = ',';
  }

  async end({ added, conflicts, unchanged }: Compared, isDry: boolean): Promise<void> {
    const rest = JSON.stringify({ conflicts, unchanged, imported: !isDry }).slice(1);
    console.log(`${added === 0 ? this.#before : ''}],"changed":[${this.#changed.join(',')}],${rest}`);
  }
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
