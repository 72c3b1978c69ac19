import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import {
  type Environment,
  environmentWithAws,
  startWithoutTerminal,
  userCodeShownBy,
} from './harness/aws-cli.ts';
import { awsCli, mairu } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { type Finished, RunningProgram } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

/** A person's machine, on which mairu's agent runs. */
class Machine implements AsyncDisposable {
  readonly #latchkey: Latchkey;
  readonly #env: Environment;
  readonly #agent: RunningProgram;

  constructor(latchkey: Latchkey) {
    this.#latchkey = latchkey;
    this.#env = {
      ...environmentWithAws(latchkey),
      // The profile would come before the credentials that mairu hands to a command.
      AWS_PROFILE: undefined,
      MAIRU_LOG: 'mairu=info',
      MAIRU_NO_AUTO_AGENT: '1',
    };
    this.#agent = new RunningProgram([...mairu.command, 'agent'], { env: this.#env });
  }

  async setUp(...options: readonly string[]): Promise<void> {
    await this.#agent.prints(/Agent server starting/);
    const { startUrl, region } = this.#latchkey;
    const instance = ['--start-url', startUrl, '--region', region];
    const { exitCode, stderr } = await this.run('setup-sso', 'latchkey', ...instance, ...options);
    assert.equal(exitCode, 0, stderr);
  }

  run(...args: readonly string[]): Promise<Finished> {
    return this.start(...args).finished;
  }

  start(...args: readonly string[]): RunningProgram {
    return startWithoutTerminal(mairu, this.#env, ...args);
  }

  /** Opens the URL that mairu shows, as a browser would. @returns the URL of the instance that it leads to */
  async authorizeUrlShownBy(login: RunningProgram): Promise<string> {
    const [url] = await login.prints(/http:\/\/127\.0\.0\.1:\d+\/auth\/\S+/);
    const { headers } = await fetch(url, { redirect: 'manual' });
    return headers.get('location') ?? '';
  }

  async signIn(): Promise<void> {
    await using login = this.start('login', 'latchkey');
    const callback = await this.#latchkey.authorize(await this.authorizeUrlShownBy(login), 'alice');
    assert.equal((await fetch(callback)).status, 200);
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
  }

  /** Runs the AWS CLI with the credentials of a role. */
  whoAmI(role: string, ...options: readonly string[]): Promise<Finished> {
    const command = ['aws', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
    return this.run('exec', '--server', 'latchkey', '--no-login', ...options, role, ...command);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#agent.end();
  }
}

function assertAliceInProduction({ exitCode, stdout, stderr }: Finished): void {
  assert.equal(exitCode, 0, stderr);
  assert.match(
    stdout,
    /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/m,
  );
}

suite('mairu', { skip: await skipUnlessPrepared(mairu, awsCli) }, () => {
  test('mairu login signs in with PKCE, and exec runs a command with the role', async () => {
    await using latchkey = await startExample();
    await using machine = new Machine(latchkey);
    await machine.setUp();
    await machine.signIn();
    assertAliceInProduction(await machine.whoAmI('000000000042/ReadOnly'));
    const { stdout } = await machine.run('list-roles', '--output', 'json');
    const [server] = JSON.parse(stdout).servers;
    assert.deepEqual(
      server.roles.map(({ name }: { readonly name: string }) => name),
      ['000000000042/ReadOnly', '111111111111/Admin', '111111111111/ReadOnly'],
    );
  });

  test('mairu login signs in with PKCE when it is set up with two scopes, which it sends as one', async () => {
    await using latchkey = await startExample();
    await using machine = new Machine(latchkey);
    await machine.setUp('--scope', 'sso:account:access', '--scope', 'codewhisperer:completions');
    await machine.signIn();
    assertAliceInProduction(await machine.whoAmI('000000000042/ReadOnly'));
  });

  test('mairu login signs in with a device code, and exec puts the credentials into the environment', async () => {
    await using latchkey = await startExample();
    await using machine = new Machine(latchkey);
    await machine.setUp();
    await using login = machine.start('login', '--oauth-grant-type', 'device_code', 'latchkey');
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
    assertAliceInProduction(await machine.whoAmI('000000000042/ReadOnly', '--mode', 'static'));
  });

  test('mairu refresh keeps the session beyond the life of its access token', async () => {
    await using latchkey = await startExample();
    await using machine = new Machine(latchkey);
    await machine.setUp();
    await machine.signIn();
    latchkey.clock.advance({ minutes: 61 });
    const process = ['credential-process', '--no-cache', 'latchkey', '000000000042/ReadOnly'];
    assert.notEqual((await machine.run(...process)).exitCode, 0, 'the access token has expired');
    const { exitCode, stderr } = await machine.run('refresh', 'latchkey');
    assert.equal(exitCode, 0, stderr);
    const { stdout } = await machine.run(...process);
    assert.match(JSON.parse(stdout).AccessKeyId, /^ASIA/);
  });

  test('mairu login says why when the person denies the device', async () => {
    await using latchkey = await startExample();
    await using machine = new Machine(latchkey);
    await machine.setUp();
    await using login = machine.start('login', '--oauth-grant-type', 'device_code', 'latchkey');
    await latchkey.deny(await userCodeShownBy(login), 'alice');
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 1);
    assert.match(stderr, /AccessDenied/);
  });

  test('mairu exec says that there is no access to a role that alice does not have', async () => {
    await using latchkey = await startExample();
    await using machine = new Machine(latchkey);
    await machine.setUp();
    await machine.signIn();
    const { exitCode, stderr } = await machine.whoAmI('000000000042/Admin');
    assert.equal(exitCode, 1);
    assert.match(stderr, /Couldn't obtain AWS credentials.*No access/s);
  });
});
