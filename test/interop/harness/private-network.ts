import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Environment } from './aws-cli.ts';
import { type Client, type Command, interopDir } from './clients.ts';
import { RunningProgram, run } from './program.ts';

const cli = path.join(interopDir, '../../packages/server/src/cli/main.js');

/** Root needs no user namespace to make the others. */
const isRoot = process.getuid?.() === 0;
const unshare: Command = ['unshare', ...(isRoot ? [] : ['--map-root-user']), '--net', '--mount'];

/** What a test gives as its `skip` option; in CI a machine without namespaces is a failure. */
export async function skipWithoutNamespaces(): Promise<string | false> {
  if (process.env['CI'] !== undefined) return false;
  const probe = await run([...unshare, 'ip', 'link', 'set', 'lo', 'up']).catch((error) => ({
    exitCode: 1,
    stderr: String(error),
  }));
  return probe.exitCode === 0 ? false : `network namespaces can't be made here: ${probe.stderr.trim()}`;
}

/** Where AWS's own host names lead, by a file that stands in the place of /etc/hosts. */
const hosts = `127.0.0.1 localhost
127.0.0.1 oidc.us-east-1.amazonaws.com portal.sso.us-east-1.amazonaws.com sts.us-east-1.amazonaws.com
`;

/** Makes the network, says so with its process id, and keeps it. */
const keepNetwork =
  'ip link set lo up && mount --bind "$1" /etc/hosts && echo "ready: $$" && exec sleep infinity';

/** What `latchkey serve --testing` answers to `GET /testing/aws`. */
interface AwsSettings {
  readonly startUrl: string;
  readonly region: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: string;
}

/**
 * A network without any other machine, in which AWS's own host names lead to `latchkey serve --testing --private-names`. Clients in it
 * know no endpoint: they have a home folder with a configuration that names none, and the variables that Latchkey gives them.
 */
export class PrivateNetwork implements AsyncDisposable {
  readonly settings: AwsSettings;
  readonly env: Environment & { readonly HOME: string };
  readonly #within: Command;
  readonly #resources: AsyncDisposableStack;

  private constructor(settings: AwsSettings, home: string, within: Command, resources: AsyncDisposableStack) {
    const {
      AWS_ENDPOINT_URL_SSO_OIDC: _1,
      AWS_ENDPOINT_URL_SSO: _2,
      AWS_ENDPOINT_URL_STS: _3,
      ...env
    } = settings.env;
    this.settings = settings;
    this.env = { PATH: process.env['PATH'], ...env, HOME: home };
    this.#within = within;
    this.#resources = resources;
  }

  static async start(): Promise<PrivateNetwork> {
    await using starting = new AsyncDisposableStack();
    const home = await mkdtemp(path.join(tmpdir(), 'latchkey-network-'));
    starting.defer(() => rm(home, { recursive: true }));
    await mkdir(path.join(home, '.aws'));
    await writeFile(path.join(home, 'hosts'), hosts);
    await writeFile(path.join(home, 'latchkey.yaml'), JSON.stringify(directory));
    const keeper = starting.use(
      new RunningProgram([...unshare, 'sh', '-c', keepNetwork, 'sh', path.join(home, 'hosts')]),
    );
    const [, pid = ''] = await keeper.prints(/ready: (\d+)/);
    const user = isRoot ? [] : ['--user', '--preserve-credentials'];
    const within: Command = ['nsenter', '--target', pid, ...user, '--net', '--mount'];
    const options = ['--config', path.join(home, 'latchkey.yaml'), '--data-dir', path.join(home, 'data')];
    const serve = ['serve', '--port', '0', '--testing', '--private-names', ...options];
    const server = starting.use(new RunningProgram([...within, process.execPath, cli, ...serve]));
    const [, url = ''] = await server.prints(/ready: (\S+)/);
    const settings = (await ask(within, `${url}/testing/aws`)) as AwsSettings;
    const network = new PrivateNetwork(settings, home, within, starting.move());
    await writeFile(path.join(home, '.aws/config'), network.#profiles());
    return network;
  }

  /** The client, as it is run in this network. */
  here<Any extends Client>(client: Any): Any {
    return { ...client, command: [...this.#within, ...client.command] };
  }

  /** Does what alice does in her browser, at the page that the client shows. */
  async approve(page: string, userCode: string): Promise<void> {
    const approve = new URL('/testing/approve', page);
    await ask(this.#within, approve.href, { userCode, userName: 'alice' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }

  /** A profile by an sso-session, and one as it was before there were such sections. */
  #profiles(): string {
    const { startUrl, region } = this.settings;
    const where = `sso_start_url = ${startUrl}\nsso_region = ${region}\n`;
    const role = `sso_account_id = 000000000042\nsso_role_name = ReadOnly\nregion = ${region}\n`;
    return `[sso-session latchkey]
${where}sso_registration_scopes = sso:account:access

[profile session]
sso_session = latchkey
${role}
[profile legacy]
${where}${role}`;
  }
}

const directory = {
  users: [{ userName: 'alice' }],
  accounts: [{ id: '000000000042', name: 'Production' }],
  permissionSets: [{ name: 'ReadOnly' }],
  assignments: [{ users: ['alice'], accounts: ['000000000042'], permissionSets: ['ReadOnly'] }],
};

/** Asks the instance from within its network: with a body by POST. */
async function ask(within: Command, url: string, body?: object): Promise<unknown> {
  const script = `
    const [url, body] = process.argv.slice(1);
    const response = await fetch(url, body === undefined ? {} : { method: 'POST', body });
    process.stdout.write(await response.text());
    process.exitCode = response.ok ? 0 : 1;`;
  const program: Command = [process.execPath, '--input-type=module', '--eval', script, url];
  const { exitCode, stdout, stderr } = await run([
    ...within,
    ...program,
    ...(body === undefined ? [] : [JSON.stringify(body)]),
  ]);
  assert.equal(exitCode, 0, stdout + stderr);
  return JSON.parse(stdout);
}
