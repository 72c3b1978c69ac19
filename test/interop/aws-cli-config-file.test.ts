import assert from 'node:assert/strict';
import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Latchkey } from 'latchkey/testing';
import { renderAwsConfig } from '../../packages/server/src/aws-config/aws-config.ts';
import { nameProfiles } from '../../packages/server/src/aws-config/profile-names.ts';
import { anyAccounts } from '../../packages/server/src/aws-config/testing/directories.ts';
import { readStrictly } from '../../packages/server/src/aws-config/testing/strict-ini.ts';
import { writeBlock } from '../../packages/server/src/aws-config/write-block.ts';
import {
  aws,
  awsJson,
  type Environment,
  signInCommand,
  startAws,
  userCodeShownBy,
} from './harness/aws-cli.ts';
import { awsCli, interopDir } from './harness/clients.ts';
import { exampleDirectory, startExample } from './harness/example.ts';
import { type Finished, RunningProgram, run } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

const cli = path.join(interopDir, '../../packages/server/src/cli/main.js');

const FIRST = 'ssoins-1111111111111111';
const SECOND = 'ssoins-2222222222222222';

const roles = [
  'production-000000000042.ReadOnly',
  'sandbox-111111111111.Admin',
  'sandbox-111111111111.ReadOnly',
] as const;

suite('the AWS CLI reads ~/.aws/config', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('with the block of an instance, written once, twice, after a change, and after the AWS CLI has edited it', async () => {
    await using person = await Person.onFreshMachine();
    await using latchkey = await startInstance(FIRST);
    await person.writes(latchkey, FIRST);
    const profiles = profilesOf(latchkey);
    assert.deepEqual(await person.profiles(), profiles);
    await person.signsIn(latchkey, profiles[0]);
    assert.match(await person.whoIs(profiles[0]), /assumed-role\/AWSReservedSSO_ReadOnly_\w+\/alice$/);

    const { stdout } = await person.writes(latchkey, FIRST);
    assert.match(stdout, /is up to date/);
    assert.deepEqual(await person.profiles(), profiles);

    await person.writes(latchkey, FIRST, '--account', '111111111111', '--role', 'Admin');
    assert.deepEqual(await person.profiles(), [profiles[1]]);
    assert.match(await person.whoIs(profiles[1]), /AWSReservedSSO_Admin_/);

    assert.equal(
      (await aws(person.env, 'configure', 'set', 'output', 'yaml', '--profile', profiles[1])).exitCode,
      0,
    );
    assert.equal((await aws(person.env, 'configure', 'set', 'region', 'x', '--profile', 'mine')).exitCode, 0);
    const edited = await person.writes(latchkey, FIRST, '--user', 'bob');
    assert.match(edited.stdout, /^- output = yaml$/m);
    assert.deepEqual(await person.profiles(), [...profiles.slice(1), 'mine']);
  });

  test('with the blocks of two instances that have the same directory, and uses both', async () => {
    await using person = await Person.onFreshMachine();
    await using first = await startInstance(FIRST);
    await using second = await startInstance(SECOND);
    await person.writes(first, FIRST);
    await person.writes(second, SECOND);
    assert.deepEqual(await person.profiles(), [...profilesOf(first), ...profilesOf(second)]);
    const identities: string[] = [];
    for (const latchkey of [first, second]) {
      const [profile] = profilesOf(latchkey);
      await person.signsIn(latchkey, profile);
      identities.push(await person.whoIs(profile));
    }
    for (const arn of identities) assert.match(arn, /AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/);
    assert.notEqual(identities[0], identities[1]);
  });

  test('with names that were chosen, for an instance whose own names are taken', async () => {
    await using person = await Person.onFreshMachine();
    await using latchkey = await startInstance(FIRST);
    const host = new URL(latchkey.url).host;
    await person.has(
      `[sso-session ${host}]\nsso_region = x\n[services ${host}]\n[profile ${profilesOf(latchkey)[0]}]\n`,
    );
    const { exitCode, stderr } = await person.tries(latchkey, FIRST);
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /--session-name, --services-name, --profile or --profile-suffix\. Nothing was written/,
    );
    const names = [
      '--session-name',
      'corp',
      '--services-name',
      'corp-endpoints',
      '--profile-suffix',
      '@corp',
    ];
    await person.writes(latchkey, FIRST, ...names);
    const profile = `${roles[0]}@corp`;
    await person.signsIn(latchkey, profile);
    assert.match(await person.whoIs(profile), /\/alice$/);
    await person.writes(latchkey, FIRST, ...names.slice(0, 4), '--profile', 'default');
    assert.match(await person.whoIs('default'), /\/alice$/);
  });

  test('not when the blocks of first start and portal were pasted both; --write says so, and goes on once one is gone', async () => {
    await using person = await Person.onFreshMachine();
    const start = [process.execPath, cli, 'serve', '--testing', '--port', '0'] as const;
    await using server = new RunningProgram(start, { cwd: person.env.HOME, env: person.env });
    const [banner] = await server.prints(/Latchkey is ready: .*Ctrl-C stops the server/s);
    const [, url = ''] = /ready: (\S+)/.exec(banner) ?? [];
    const pasted = [blockIn(banner), blockIn(await portalOf(url, 'alice'))];
    await person.has(pasted.join('\n'));
    const unreadable = await aws(person.env, 'configure', 'list-profiles');
    assert.match(unreadable.stderr, /Unable to parse config file/);

    const env = { ...person.env, LATCHKEY_LISTEN_PORT: new URL(url).port };
    const write = () => run([process.execPath, cli, 'aws-config', '--write'], { cwd: person.env.HOME, env });
    const refused = await write();
    assert.equal(refused.exitCode, 1);
    assert.match(
      refused.stderr,
      /line 23: the block of ssoins-\w+ begins a second time; there is one already, from line 1 to line 21\. Delete one of the two\. Nothing was written/,
    );
    assert.equal(await person.file(), pasted.join('\n'));

    await person.has(pasted[0] ?? '');
    assert.equal((await write()).exitCode, 0);
    const { host } = new URL(url);
    assert.ok((await person.profiles()).includes(`development-111122223333.PowerUserAccess@${host}`));
  });

  test('with everything that was in it before, whatever its line ends', async () => {
    await using latchkey = await startInstance(FIRST);
    for (const before of [
      '# caf\u00e9\r\n[default]\r\nregion = x\r\n\r\n[profile mine]\r\nregion = y\r\n',
      '[default]\nregion = x\n[profile mine]\nregion = y',
      '[default]\rregion = x\r[profile mine]\rregion = y\r',
      '[default]\nregion = x\n[profile mine]\ns3 =\n  addressing_style = path',
    ]) {
      await using person = await Person.onFreshMachine();
      await person.has(before);
      await person.writes(latchkey, FIRST);
      assert.ok((await person.file()).startsWith(before));
      assert.deepEqual(await person.profiles(), ['default', 'mine', ...profilesOf(latchkey)]);
    }
  });

  test('not where there was a fault before, such as another encoding or a setting twice: --write says so', async () => {
    await using latchkey = await startInstance(FIRST);
    for (const [before, message] of [
      ['\ufeff[default]\n', /line 1: the file begins with a byte order mark/],
      [Buffer.from('[default]\n# caf\u00e9\n', 'latin1'), /line 2: it is not UTF-8/],
      ['[profile a]\n[profile a]\n', /line 2: \[profile a\] is also in line 1/],
      ['[profile a]\n  [profile a]\n', /line 2: \[profile a\] is also in line 1/],
      ['[profile a]\nx = 1\nX = 2\n', /line 3: "x" is also in line 2/],
      ['x = 1\n[profile a]\n', /line 1: expected a section/],
      ['[profile a]\nregion\n', /line 2: expected "key = value"/],
      ['[profile a]\ns3 =\n  x : 1\n', /line 3: expected "key = value" under "s3"/],
    ] as const) {
      await using person = await Person.onFreshMachine();
      await person.has(before);
      const { exitCode, stderr } = await person.tries(latchkey, FIRST);
      assert.equal(exitCode, 0);
      assert.match(stderr, message);
      const { stderr: error } = await aws(person.env, 'configure', 'list-profiles');
      assert.match(error, /Unable to parse config file/);
    }
  });

  test('with every profile, whatever accounts and roles are called', async () => {
    await using person = await Person.onFreshMachine();
    const expected: string[] = [];
    for (const [index, accounts] of fc.sample(anyAccounts, { numRuns: 60, seed: 7 }).entries()) {
      const profiles = nameProfiles(accounts, `@${index}`);
      const name = `sample-${index}`;
      await writeBlock(person.configFile, {
        instanceId: `ssoins-${String(index).padStart(16, '0')}`,
        region: 'us-east-1',
        baseUrl: 'http://localhost:8484',
        sessionName: name,
        servicesName: name,
        profiles,
      });
      expected.push(...profiles.map((profile) => profile.name));
    }
    assert.ok(expected.length > 100);
    assert.deepEqual(await person.profiles(), expected);
  });

  test('as strictly as the reader that other tests take', async () => {
    await using person = await Person.onFreshMachine();
    const block = renderAwsConfig({
      instanceId: FIRST,
      region: 'us-east-1',
      baseUrl: 'http://localhost:8484',
      sessionName: 'a',
      servicesName: 'a',
      profiles: [{ name: 'a', accountId: '111111111111', roleName: 'Admin' }],
    });
    for (const text of [
      block,
      block + block,
      '[a]\n[a]\n',
      '[a]\nregion = x\nregion = y\n',
      'region = x\n',
      '[a]\nregion\n',
      '[a]\nsts =\n  endpoint_url = x\n[b]\n',
      '[a] ; b\n[a]\n',
    ]) {
      await person.has(text);
      const { exitCode } = await aws(person.env, 'configure', 'list-profiles');
      assert.equal(exitCode === 0, isReadable(text), text);
    }
  });
});

function isReadable(text: string): boolean {
  try {
    readStrictly(text);
    return true;
  } catch {
    return false;
  }
}

function startInstance(id: string): Promise<Latchkey> {
  return startExample({ settings: { instance: { id } } });
}

/** The profiles that `latchkey aws-config` writes for the example directory, in its order. */
function profilesOf(latchkey: Latchkey): readonly [string, string, string] {
  const suffix = `@${new URL(latchkey.url).host}`;
  const [production, admin, reader] = roles;
  return [production + suffix, admin + suffix, reader + suffix];
}

function blockIn(text: string): string {
  const [block = ''] = /^# BEGIN latchkey .*^# END latchkey .*?\n/ms.exec(text) ?? [];
  return block;
}

/** What a person sees of the portal, as text. */
async function portalOf(url: string, userName: string): Promise<string> {
  const signIn = await fetch(`${url}/testing/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ userName }),
  });
  const { cookie } = (await signIn.json()) as { cookie: string };
  const page = await (await fetch(url, { headers: { cookie } })).text();
  return page.replaceAll(/<[^>]*>/g, '\n').replaceAll(/&(#39|quot|amp|lt|gt);/g, (_, name: string) => {
    return { '#39': "'", quot: '"', amp: '&', lt: '<', gt: '>' }[name] ?? '';
  });
}

/** Somebody with a home folder, the AWS CLI, and Latchkey's command line. */
class Person implements AsyncDisposable {
  readonly env: Environment & { readonly HOME: string };
  readonly configFile: string;
  readonly #remove: () => Promise<void>;

  private constructor(home: string, remove: () => Promise<void>) {
    this.env = { PATH: process.env['PATH'], HOME: home, AWS_EC2_METADATA_DISABLED: 'true' };
    this.configFile = path.join(home, '.aws', 'config');
    this.#remove = remove;
  }

  static async onFreshMachine(): Promise<Person> {
    const home = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-interop-'));
    return new Person(home.path, () => home.remove());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#remove();
  }

  async has(content: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(this.configFile), { recursive: true });
    await writeFile(this.configFile, content);
  }

  file(): Promise<string> {
    return readFile(this.configFile, 'utf8');
  }

  /** Runs `latchkey aws-config --write` for an instance with the example directory. */
  tries({ url }: Latchkey, instanceId: string, ...options: readonly string[]): Promise<Finished> {
    const { users, accounts, permissionSets, assignments } = exampleDirectory;
    const settings = {
      BASE_URL: url,
      INSTANCE_ID: instanceId,
      USERS: JSON.stringify(users.map(({ userName }) => ({ userName }))),
      ACCOUNTS: JSON.stringify(accounts),
      PERMISSION_SETS: JSON.stringify(permissionSets.map(({ name }) => ({ name }))),
      ASSIGNMENTS: JSON.stringify(assignments),
    };
    const named = Object.entries(settings).map(([name, value]) => [`LATCHKEY_${name}`, value]);
    const env = { ...this.env, ...Object.fromEntries(named) };
    return run([process.execPath, cli, 'aws-config', '--write', ...options], { cwd: this.env.HOME, env });
  }

  async writes(...parameters: Parameters<Person['tries']>): Promise<Finished> {
    const finished = await this.tries(...parameters);
    assert.equal(finished.exitCode, 0, finished.stderr);
    assert.equal(finished.stderr, '');
    return finished;
  }

  /** What the AWS CLI lists; it has to be able to. */
  async profiles(): Promise<string[]> {
    const { exitCode, stdout, stderr } = await aws(this.env, 'configure', 'list-profiles');
    assert.equal(exitCode, 0, stderr);
    return stdout.split('\n').filter((name) => name !== '');
  }

  async signsIn(latchkey: Latchkey, profile: string): Promise<void> {
    await using login = startAws(this.env, ...signInCommand('--use-device-code', '--profile', profile));
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
  }

  async whoIs(profile: string): Promise<string> {
    const command = ['sts', 'get-caller-identity', '--profile', profile];
    return (await awsJson<{ Arn: string }>(this.env, ...command)).Arn;
  }
}
