import type { Command } from 'commander';
import { renderProblem } from '../../config/config-error.ts';
import { displayPath, loadSettings } from '../../config/load-config.ts';
import { findUnknownNames } from '../../config/unknown-names.ts';
import { UNKNOWN_CLIENT } from '../../policy/rules.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { printable } from '../entries/render-table.ts';
import { CommandError } from '../exit-code.ts';
import { configSources } from '../sources.ts';
import { type Explanation, explainPolicy } from './explain-policy.ts';
import { findSubject } from './find-subject.ts';
import { renderExplanation } from './render-explanation.ts';

interface Options {
  readonly account?: string;
  readonly client?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Explains what the policy asks of a person, and why: by which rule, through which group, at which line of the configuration.',
    )
    .argument('<user>', 'user name or id')
    .argument('[role]', 'name of a permission set, whose role credentials are explained, too')
    .option('--account <account>', 'id or name of an account: whether the person has the role there')
    .option(
      '--client <id>',
      'id of a client under clients of the configuration. Default: unknown, for one that registered itself, as the AWS CLI does',
    )
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      `
It explains the configuration as it is now. A running server has that of its start: a change of the policy needs a restart.

Examples:
  latchkey policy explain alice
  latchkey policy explain alice AdministratorAccess --account 111122223333
  latchkey policy explain alice --client build-farm --json`,
    )
    .action((user: string, role: string | undefined, options: Options) =>
      explain(command, { user, role, options }),
    );
}

async function explain(
  command: Command,
  {
    user,
    role,
    options,
  }: { readonly user: string; readonly role: string | undefined; readonly options: Options },
): Promise<void> {
  const sources = configSources(command);
  const loaded = await loadSettings(sources);
  const { config } = loaded;
  const { account, client = UNKNOWN_CLIENT, json } = options;
  if (account !== undefined && role === undefined) {
    throw new CommandError(
      '--account needs a role: latchkey policy explain <user> <role> --account <account>',
    );
  }
  if (client !== UNKNOWN_CLIENT && !config.clients.some(({ id }) => id === client)) {
    const known = [...config.clients.map(({ id }) => id), UNKNOWN_CLIENT].join(', ');
    throw new CommandError(
      `There is no client "${client}" under clients of the configuration; known are ${known}`,
    );
  }
  const answer = await withDirectory(command, async ({ directory }): Promise<Explanation> => {
    const subject = await findSubject(directory, { user, role, account });
    const unknown = await findUnknownNames(config, async (kind, name) => {
      const [found] = await directory.findEntries(kind, { names: [name] });
      return found !== null && found !== undefined;
    });
    const warnings = unknown.map(({ path, message }) => renderProblem(loaded.problemAt(path, message)));
    const file = config.file === undefined ? 'the environment' : displayPath(config.file, sources.cwd);
    return { ...explainPolicy(loaded, { ...subject, client }), file, warnings };
  });
  if (json) console.log(JSON.stringify(answer));
  else for (const line of renderExplanation(answer)) console.log(printable(line));
}
