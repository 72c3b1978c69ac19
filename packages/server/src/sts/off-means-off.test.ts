import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { makeFolder, runLatchkey } from '../cli/testing/child-process.ts';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { assertAllRefusedAfter } from '../http/testing/account-for-requests.ts';
import { portal, register, signIn } from '../http/testing/api.ts';
import { signedInAs } from '../web/testing/signed-in.ts';
import { type Program, probesOf } from './testing/session-probes.ts';

const ROLE = { accountId: '000011112222', roleName: 'Developer' };
const names = ['ends', 'logs-out', 'blocked', 'out', 'password', 'program', 'browser', 'taken', 'revoked'];
const folder = makeFolder();
const latchkey = await startLatchkey({
  dataDir: path.join(folder, '.latchkey'),
  users: [{ userName: 'file' }],
  accounts: [{ id: ROLE.accountId, name: 'Sandbox' }],
  permissionSets: [{ name: ROLE.roleName }],
  assignments: [],
});
after(() => latchkey.close());

async function command(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args, { input: 'correct horse battery\n' });
  assert.equal(code, 0, stderr);
  return stdout;
}

for (const name of names) {
  await command('user', 'add', name, '--store');
  await command('assign', 'add', '--user', name, ...roleOptions());
}

function roleOptions(): string[] {
  return ['--account', ROLE.accountId, '--permission-set', ROLE.roleName];
}

async function sessionIdOf(userName: string, kind: 'browser' | 'program'): Promise<string> {
  const listed = JSON.parse(await command('session', 'list', '--user', userName, '--kind', kind, '--json'));
  return listed[0].id;
}

/** Every way to end what somebody's program has. Some end role credentials alone. */
const ways: Readonly<
  Record<string, { of: string; end: (program: Program) => Promise<unknown>; only?: 'sts' }>
> = {
  'their person ends the program on /me': {
    of: 'ends',
    async end() {
      const browser = await signedInAs(latchkey, 'ends');
      const { text } = await browser.get('/me');
      const form = text.split('<form').find((each) => each.includes('value="program-')) ?? '';
      const [, form_token = ''] = /name="form_token" value="([^"]+)"/.exec(form) ?? [];
      const [, end = ''] = /name="end" value="([^"]+)"/.exec(form) ?? [];
      assert.equal((await browser.post('/me', { form_token, end })).location, '/me');
    },
  },
  'the program logs out': {
    of: 'logs-out',
    end: ({ accessToken }) => portal(latchkey, '/logout', accessToken, 'POST'),
  },
  'the person is blocked': { of: 'blocked', end: () => command('user', 'block', 'blocked') },
  'the person is signed out everywhere': { of: 'out', end: () => command('user', 'sign-out', 'out') },
  'the person gets another password': { of: 'password', end: () => command('user', 'passwd', 'password') },
  'an operator ends the program': {
    of: 'program',
    end: async () => command('session', 'end', await sessionIdOf('program', 'program')),
  },
  'an operator ends the browser': {
    of: 'browser',
    end: async () => command('session', 'end', '--user', 'browser', '--kind', 'browser'),
  },
  'the role is taken away': {
    ...{ of: 'taken', only: 'sts' },
    end: () => command('assign', 'remove', '--user', 'taken', ...roleOptions()),
  },
  'what was issued for the role is revoked': {
    ...{ of: 'revoked', only: 'sts' },
    async end() {
      latchkey.clock.advance({ seconds: 1 });
      await command('session', 'revoke-role', ROLE.accountId, ROLE.roleName);
    },
  },
};

for (const [way, { of, end, only }] of Object.entries(ways)) {
  test(`of the requests that begin after the answer by which ${way}, none is accepted`, async () => {
    const client = await register(latchkey);
    const program = await signIn(latchkey, { userName: of, client });
    const probes = await probesOf([latchkey], program, ROLE);
    await assertAllRefusedAfter(only === undefined ? probes : { sts: probes[only] }, () => end(program));
    if (only !== undefined) assert.equal(await probes.portal(), true, 'the session goes on');
  });
}
