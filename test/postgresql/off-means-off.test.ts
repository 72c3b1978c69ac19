import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  lineReader,
  runLatchkey,
  spawnLatchkey,
} from '../../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { assertAllRefusedAfter } from '../../packages/server/src/http/testing/account-for-requests.ts';
import { poll, portal, register, startDevice } from '../../packages/server/src/http/testing/api.ts';
import { hashPassword } from '../../packages/server/src/people/password.ts';
import { type Program, probesOf, type Server } from '../../packages/server/src/sts/testing/session-probes.ts';
import { openDevice } from '../../packages/server/src/web/testing/open-device.ts';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { newDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

const PASSWORD = 'correct-horse-battery-staple';
const START_URL = 'https://sso.example.com/start';
const ROLE = { accountId: '111122223333', roleName: 'Developer' };

/** Somebody's browser at the first server, and the program that they allowed in it at the second. */
interface Person {
  readonly browser: PlainBrowser;
  readonly program: Program;
}

type Servers = readonly [Server, Server, Server];

async function signInPerson([one, two]: Servers, userName: string): Promise<Person> {
  const browser = new PlainBrowser({ url: one.url, clock: { now: () => 0 } });
  const { hidden } = await browser.get('/sign-in');
  await browser.post('/sign-in', { ...hidden, user_name: userName, password: PASSWORD });
  const client = await register(two);
  const { deviceCode, userCode } = await startDevice(two, client);
  const question = await openDevice(browser, userCode);
  const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const answered = await browser.post('/device', answer);
  assert.equal(answered.status, 303, answered.text);
  const { status, members, text } = await poll(two, client, deviceCode);
  assert.equal(status, 200, text);
  const { accessToken, refreshToken } = members;
  const program = { client, accessToken: String(accessToken), refreshToken: String(refreshToken) };
  return { browser, program };
}

test('of the requests that three servers on one PostgreSQL are sent after the answer to an ending call, none is accepted', {
  skip: skipWithoutPostgresql,
}, async (t) => {
  using folder = temporaryFolder();
  await using database = await newDatabase();
  const passwordHash = await hashPassword(PASSWORD);
  const userNames = ['me', 'logout', 'command', 'block', 'taken'];
  const file = path.join(folder.path, 'latchkey.yaml');
  const config = {
    shutdown: { drain: '0s' },
    instance: { startUrls: [START_URL] },
    users: userNames.map((userName) => ({ userName, passwordHash })),
    accounts: [{ id: ROLE.accountId, name: 'Sandbox' }],
    permissionSets: [{ name: ROLE.roleName }],
    assignments: [
      { users: userNames.slice(0, -1), accounts: [ROLE.accountId], permissionSets: [ROLE.roleName] },
    ],
  };
  writeFileSync(file, JSON.stringify(config));
  chmodSync(file, 0o600);
  const env = {
    LATCHKEY_STORE: database.url,
    LATCHKEY_MASTER_SECRET: randomBytes(32).toString('base64'),
  };
  /** A command of another machine: it has a data folder of its own, and goes to the database. */
  const command = async (...args: string[]) => {
    const { code, stdout, stderr } = await runLatchkey(folder.path, [...args, '--data-dir', 'elsewhere'], {
      env,
    });
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const asked = await runLatchkey(folder.path, ['store', 'init'], { env });
  const word = /--check-word (\w{5}-\w{5})/.exec(asked.stderr)?.[1] ?? '';
  await command('store', 'init', '--check-word', word);
  const serve = async (dataDir: string): Promise<Server> => {
    const child = spawnLatchkey(folder.path, ['serve', '--port', '0', '--data-dir', dataDir], env);
    t.after(async () => {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    });
    child.stderr.resume();
    const [, url = ''] = await lineReader(child.stdout)(/^Latchkey is ready: (http:\/\/localhost:\d+).*/);
    return { url, startUrl: START_URL, clock: Date };
  };
  const servers: Servers = [await serve('one'), await serve('two'), await serve('three')];
  const roleOptions = ['--account', ROLE.accountId, '--permission-set', ROLE.roleName];
  await command('assign', 'add', '--user', 'taken', ...roleOptions);

  const ends: Readonly<Record<string, (person: Person) => Promise<unknown>>> = {
    async me({ browser }) {
      const { text } = await browser.get('/me');
      const form = text.split('<form').find((each) => each.includes('value="program-')) ?? '';
      const [, form_token = ''] = /name="form_token" value="([^"]+)"/.exec(form) ?? [];
      const [, end = ''] = /name="end" value="([^"]+)"/.exec(form) ?? [];
      assert.equal((await browser.post('/me', { form_token, end })).location, '/me');
    },
    logout: ({ program }) => portal(servers[1], '/logout', program.accessToken, 'POST'),
    command: () => command('session', 'end', '--user', 'command', '--kind', 'browser'),
    block: () => command('user', 'block', 'block'),
    taken: () => command('assign', 'remove', '--user', 'taken', ...roleOptions),
  };
  for (const [userName, end] of Object.entries(ends)) {
    await t.test(userName, async () => {
      const person = await signInPerson(servers, userName);
      const probes = await probesOf(servers, person.program, ROLE);
      const ended = userName === 'taken' ? { sts: probes.sts } : probes;
      await assertAllRefusedAfter(ended, () => end(person));
    });
  }
});
