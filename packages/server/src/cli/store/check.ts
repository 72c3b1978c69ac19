import type { Command } from 'commander';
import { loadSettings } from '../../config/load-config.ts';
import { readMasterSecrets } from '../../keys/read-master-secrets.ts';
import { parseConnectionUrl } from '../../store/postgresql/connection-url.ts';
import { type CheckReport, checkStore } from '../../store-check/check-store.ts';
import type { Finding } from '../../store-check/finding.ts';
import { openPostgresqlCheck } from '../../store-check/postgresql-check.ts';
import { openSqliteCheck } from '../../store-check/sqlite-check.ts';
import { counted } from '../counted.ts';
import { printable } from '../entries/render-table.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { type ProgressBar, showProgress } from '../progress-bar.ts';
import { configSources } from '../sources.ts';
import { explainStoreFailure } from './explain-store-failure.ts';
import { PLACE_HELP, parsePlace, type StorePlace } from './place.ts';

/** So many findings are printed: a store that has more has one reason for most of them. */
const MOST_FINDINGS = 1_000;

export function define(command: Command): void {
  command
    .description('Reads everything in a store, with its keys, and says what is wrong. Nothing is changed.')
    .argument('[store]', `${PLACE_HELP}; default: the store of the configuration`)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
A server may run with the store. Exit code 1 says that something is wrong; each line names the row by its key.

PostgreSQL needs the master secret, in LATCHKEY_MASTER_SECRET, LATCHKEY_MASTER_SECRET_FILE or LATCHKEY_MASTER_SECRET_COMMAND.

Examples:
  latchkey store check
  latchkey store check /etc/latchkey/store-url`,
    )
    .action((store: string | undefined, options: { readonly json?: true }) => run(command, store, options));
}

async function run(
  command: Command,
  argument: string | undefined,
  { json }: { readonly json?: true },
): Promise<void> {
  const place = argument === undefined ? await configuredPlace(command) : parsePlace(argument);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  let bar: ProgressBar | undefined;
  const findings: Finding[] = [];
  let count = 0;
  let report: CheckReport;
  try {
    await using store = await open(command, place);
    report = await checkStore(store, {
      signal: interruption.signal,
      onFinding(finding) {
        count += 1;
        if (count > MOST_FINDINGS) return;
        findings.push(finding);
        if (json) return;
        bar?.end();
        console.log(render(finding));
      },
      onProgress({ done, total }) {
        bar ??= showProgress(total);
        bar.advance(done, 'rows checked');
      },
    });
  } catch (error) {
    bar?.end();
    if (interruption.signal.aborted) {
      throw new CommandError('Interrupted: not everything was checked', exitCode.interrupted);
    }
    throw explainStoreFailure(error, [place], 'Run the command again');
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
  bar?.end();
  const { instanceId, keys, tables } = report;
  if (json) console.log(JSON.stringify({ sound: count === 0, ...report, faults: count, findings }));
  else {
    const rows = tables.reduce((sum, each) => sum + each.rows, 0);
    if (count > findings.length) console.log(`… and ${count - findings.length} more`);
    console.log(
      `Checked ${instanceId ?? 'an instance without id'}: ${counted(rows, 'row')} of ${counted(tables.length, 'table')}, and ${counted(keys, 'key')}`,
    );
  }
  if (count > 0) {
    throw new CommandError(`${count} ${count === 1 ? 'thing is' : 'things are'} wrong in the store`);
  }
  if (!json) console.log('Nothing is wrong');
}

async function configuredPlace(command: Command): Promise<StorePlace> {
  const { config } = await loadSettings(configSources(command));
  return config.store === undefined
    ? { kind: 'folder', folder: config.dataDir }
    : { kind: 'postgresql', target: parseConnectionUrl(config.store) };
}

async function open(command: Command, place: StorePlace) {
  if (place.kind === 'postgresql') {
    return openPostgresqlCheck(place.target, { masters: await readMasterSecrets(process.env) });
  }
  const { config } = await loadSettings(configSources(command));
  return openSqliteCheck(place.folder, config.dataDir === place.folder ? config.instance.id : undefined);
}

function render({ where, key, message }: Finding): string {
  return printable(`${where}${key === undefined ? '' : `, ${key}`}: ${message}`);
}
