import type { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { loadSettings } from '../../config/load-config.ts';
import { readMasterSecrets } from '../../keys/read-master-secrets.ts';
import { type CopyReport, copyStore } from '../../store-copy/copy-store.ts';
import {
  openPostgresqlSource,
  openPostgresqlTarget,
  type PostgresqlSideOptions,
} from '../../store-copy/postgresql-sides.ts';
import type { CopySource, CopyTarget } from '../../store-copy/sides.ts';
import { openSqliteSource, openSqliteTarget } from '../../store-copy/sqlite-sides.ts';
import { counted } from '../counted.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { type ProgressBar, showProgress } from '../progress-bar.ts';
import { configSources } from '../sources.ts';
import { explainStoreFailure } from './explain-store-failure.ts';
import { PLACE_HELP, parsePlace, type StorePlace } from './place.ts';

export function define(command: Command): void {
  command
    .description(
      'Copies a store with its keys and the instance id, so that whoever is signed in stays signed in.',
    )
    .argument('<from>', PLACE_HELP)
    .argument('<to>', 'the same, of a store that is empty')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Servers must be stopped, of both stores. The source is only read. A copy that was interrupted goes on when the command runs again;
until the end no server starts with the target. At the end each row of both stores is read and compared.

Never start a server with the old store again: it knows nothing of what happened since, such as who was signed out.

PostgreSQL needs the master secret, in LATCHKEY_MASTER_SECRET, LATCHKEY_MASTER_SECRET_FILE or LATCHKEY_MASTER_SECRET_COMMAND.

Examples:
  latchkey store copy /var/lib/latchkey /etc/latchkey/store-url
  latchkey store copy postgres://latchkey@db.example.org/latchkey /var/lib/latchkey-back`,
    )
    .action((from: string, to: string, options: { readonly json?: true }) =>
      run(command, { from: parsePlace(from), to: parsePlace(to) }, options),
    );
}

async function run(
  command: Command,
  { from, to }: { readonly from: StorePlace; readonly to: StorePlace },
  { json }: { readonly json?: true },
): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  let bar: ProgressBar | undefined;
  let step: string | undefined;
  try {
    const isPostgresql = [from, to].some(({ kind }) => kind === 'postgresql');
    const options = isPostgresql ? await postgresqlOptions() : undefined;
    await using source = await openSource(command, from, options);
    await using target = await openTarget(to, options);
    const report = await copyStore(source, target, {
      signal: interruption.signal,
      onProgress(progress) {
        bar ??= showProgress(progress.total);
        step = progress.step;
        bar.advance(progress.done, `rows ${step}`);
      },
    });
    bar?.end();
    if (json) console.log(JSON.stringify(report));
    else print(report, source, target);
  } catch (error) {
    bar?.end();
    if (interruption.signal.aborted) {
      throw new CommandError(
        'Interrupted: what was copied stays, and the same command goes on with it',
        exitCode.interrupted,
      );
    }
    throw explainStoreFailure(error, [from, to], 'What was copied stays: the same command goes on with it');
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

async function postgresqlOptions(): Promise<PostgresqlSideOptions> {
  return { masters: await readMasterSecrets(process.env), release: manifest.version, now: Date.now };
}

async function openSource(
  command: Command,
  place: StorePlace,
  options: PostgresqlSideOptions | undefined,
): Promise<CopySource> {
  if (place.kind === 'postgresql') return openPostgresqlSource(place.target, options!);
  const { config } = await loadSettings(configSources(command));
  // The id in the configuration is that of the folder which the configuration names.
  const id = config.dataDir === place.folder ? config.instance.id : undefined;
  return openSqliteSource(place.folder, id);
}

async function openTarget(
  place: StorePlace,
  options: PostgresqlSideOptions | undefined,
): Promise<CopyTarget> {
  return place.kind === 'postgresql'
    ? openPostgresqlTarget(place.target, options!)
    : openSqliteTarget(place.folder);
}

function print({ instanceId, keys, tables }: CopyReport, from: CopySource, to: CopyTarget): void {
  const rows = tables.reduce((sum, each) => sum + each.rows, 0);
  console.log(`Copied ${instanceId} from ${from.place} to ${to.place}: ${counted(rows, 'row')} of ${counted(tables.length, 'table')}, each compared, and ${counted(keys, 'key')}.
Start servers with the new store alone, and never again with ${from.place}.`);
}
