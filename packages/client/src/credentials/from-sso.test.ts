import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { ClientError } from '../client-error.ts';
import { loadSettings } from '../config-files/settings.ts';
import { fromSso } from './from-sso.ts';
import { ssoAccessToken } from './sso-token.ts';
import { Home } from './testing/home.ts';
import { type Answer, Loopback, type Received } from './testing/loopback.ts';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const minuteMs = 60_000;
const startUrl = 'https://identitycenter.amazonaws.com/ssoins-1111111111111111';

const config = `
[profile dev]
sso_session = corp
sso_account_id = 000000000042
sso_role_name = ReadOnly
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = eu-central-1
`;
const cacheFile = `.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`;

/** A token as the AWS CLI keeps it, with a member that no client knows. */
function cached(minutesLeft: number, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    startUrl,
    region: 'eu-central-1',
    accessToken: 'access 1',
    expiresAt: at(minutesLeft),
    clientId: 'client',
    clientSecret: 'secret',
    registrationExpiresAt: at(60 * 24),
    refreshToken: 'refresh 1',
    futureMember: { kept: true },
    ...changes,
  };
}

function at(minutesFromNow: number): string {
  return new Date(nowMs + minutesFromNow * minuteMs).toISOString().replace('.000', '');
}

const newToken: Answer = {
  body: JSON.stringify({ accessToken: 'access 2', expiresIn: 3600, refreshToken: 'refresh 2' }),
};

/** The two services of a sign-in. */
function startServices(tokenAnswer?: (request: Received) => Answer | Promise<Answer>): Promise<Loopback> {
  return Loopback.start((request) => {
    if (request.path === '/token') return tokenAnswer?.(request) ?? newToken;
    const accessToken = request.headers['x-amz-sso_bearer_token'];
    const expiration = nowMs + 60 * minuteMs;
    const roleCredentials = {
      accessKeyId: accessToken,
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration,
    };
    return { body: JSON.stringify({ roleCredentials }) };
  });
}

function refusal(name: string, status: number): Answer {
  return {
    status,
    headers: { 'x-amzn-errortype': name },
    body: JSON.stringify({ message: `${name} it is` }),
  };
}

async function homeWith(token: unknown): Promise<Home> {
  const home = await Home.with({ '.aws/config': config });
  if (token !== undefined) await home.write(cacheFile, JSON.stringify(token));
  return home;
}

function ask(home: Home, services: Loopback, profile = 'dev') {
  const env = { ...home.env, AWS_ENDPOINT_URL: services.url };
  return fromSso({ profile, env })({ now: () => nowMs });
}

const tokensAsked = ({ received }: Loopback) =>
  received.filter(({ path }) => path === '/token').map(({ body }): unknown => JSON.parse(body));

suite('fromSso', () => {
  test('fromSso gets the credentials of the role with the token that the AWS CLI left', async () => {
    await using home = await homeWith(cached(16));
    await using services = await startServices();
    assert.deepEqual(await ask(home, services), {
      accessKeyId: 'access 1',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date(nowMs + 60 * minuteMs),
      accountId: '000000000042',
    });
    assert.deepEqual(
      services.received.map(({ method, path }) => `${method} ${path}`),
      ['GET /federation/credentials?role_name=ReadOnly&account_id=000000000042'],
    );
  });

  test('fromSso finds the token of an older profile by its start URL, and uses it to its end', async () => {
    const hash = createHash('sha1').update(startUrl).digest('hex');
    await using home = await Home.with({
      '.aws/config': `[default]\nsso_start_url = ${startUrl}\nsso_region = eu-central-1\nsso_account_id = 000000000042\nsso_role_name = ReadOnly`,
      [`.aws/sso/cache/${hash}.json`]: JSON.stringify({
        startUrl,
        accessToken: 'old',
        expiresAt: at(1).replace('Z', 'UTC'),
      }),
    });
    await using services = await startServices();
    const env = { ...home.env, AWS_ENDPOINT_URL: services.url };
    assert.equal((await fromSso({ env })({ now: () => nowMs })).accessKeyId, 'old');
  });

  test('fromSso refreshes a token that runs out within 15 minutes, and keeps it where the AWS CLI looks', async () => {
    await using home = await homeWith(cached(15));
    await using services = await startServices();
    assert.equal((await ask(home, services)).accessKeyId, 'access 2');
    assert.deepEqual(tokensAsked(services), [
      { clientId: 'client', clientSecret: 'secret', refreshToken: 'refresh 1', grantType: 'refresh_token' },
    ]);
    assert.deepEqual(
      JSON.parse(await home.read(cacheFile)),
      cached(60, { accessToken: 'access 2', refreshToken: 'refresh 2' }),
    );
    assert.equal((await stat(join(home.path, cacheFile))).mode & 0o777, 0o600);
    assert.equal((await readdir(join(home.path, '.aws/sso/cache'))).length, 1);
  });

  test('fromSso keeps the refresh token when the answer has no new one', async () => {
    await using home = await homeWith(cached(-1));
    const body = JSON.stringify({ accessToken: 'access 2', expiresIn: 3600 });
    await using services = await startServices(() => ({ body }));
    await ask(home, services);
    assert.equal(JSON.parse(await home.read(cacheFile)).refreshToken, 'refresh 1');
  });

  test('fromSso refreshes once for profiles that share a session', async () => {
    await using home = await homeWith(cached(1));
    await home.write(
      '.aws/config',
      `${config}\n[profile other]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = x`,
    );
    await using services = await startServices();
    await Promise.all([ask(home, services), ask(home, services, 'other')]);
    assert.equal(tokensAsked(services).length, 1);
  });

  test('fromSso uses the token while it is valid, though it cannot be refreshed now', async () => {
    await using home = await homeWith(cached(1));
    await using services = await startServices(() =>
      refusal('com.amazonaws.ssooidc#InvalidGrantException', 400),
    );
    assert.equal((await ask(home, services)).accessKeyId, 'access 1');
  });

  test('fromSso takes the token of another program that refreshed it first', async () => {
    await using home = await homeWith(cached(-1));
    await using services = await startServices(async () => {
      await home.write(
        cacheFile,
        JSON.stringify(cached(60, { accessToken: 'theirs', refreshToken: 'theirs' })),
      );
      return refusal('InvalidGrantException', 400);
    });
    assert.equal((await ask(home, services)).accessKeyId, 'theirs');
  });

  test('fromSso does not put its token over one that lives longer', async () => {
    await using home = await homeWith(cached(-1));
    const theirs = cached(90, { accessToken: 'theirs', refreshToken: 'theirs' });
    await using services = await startServices(async () => {
      await home.write(cacheFile, JSON.stringify(theirs));
      return { body: JSON.stringify({ accessToken: 'ours', expiresIn: 3600, refreshToken: 'ours' }) };
    });
    assert.equal((await ask(home, services)).accessKeyId, 'theirs');
    assert.deepEqual(JSON.parse(await home.read(cacheFile)), theirs);
  });

  test('fromSso uses a new token though it cannot be kept', async () => {
    await using home = await homeWith(cached(-1));
    await using services = await startServices(async () => {
      await rm(join(home.path, '.aws/sso'), { recursive: true });
      return newToken;
    });
    assert.equal((await ask(home, services)).accessKeyId, 'access 2');
  });

  for (const [left, expected] of [
    [1, 'uses the token while it is valid'],
    [-1, 'says that no new token can be kept when it has expired'],
  ] as const) {
    test(`fromSso ${expected}, and spends no refresh token, where the file cannot be written`, async () => {
      await using home = await Home.with();
      // Leaves no room for the longer name of the file that is to replace it.
      const file = await home.write('x'.repeat(250), JSON.stringify(cached(left)));
      await using services = await startServices();
      const settings = await loadSettings({ env: { ...home.env, AWS_ENDPOINT_URL: services.url } });
      const caller = { region: 'eu-central-1', settings, context: { now: () => nowMs } };
      const signInRequired = (why: string) => new ClientError('signInRequired', why);
      const asked = ssoAccessToken(file, signInRequired, caller);
      if (left > 0) assert.equal(await asked, 'access 1');
      else {
        const message = /^the sign-in has expired, and a new token cannot be kept: ENAMETOOLONG/;
        await assert.rejects(asked, { code: 'signInRequired', message });
      }
      assert.deepEqual(tokensAsked(services), []);
    });
  }

  test('fromSso leaves nothing beside the file of a sign-in that has ended', async () => {
    await using home = await homeWith(cached(-1));
    await using services = await startServices(() => refusal('InvalidGrantException', 400));
    await assert.rejects(ask(home, services), { code: 'signInRequired' });
    assert.equal((await readdir(join(home.path, '.aws/sso/cache'))).length, 1);
  });

  test('fromSso looks again when it meets a file that is being written', async (t) => {
    await using home = await homeWith(undefined);
    await home.write(cacheFile, '{"accessToken": "acc');
    await using services = await startServices();
    const { setTimeout } = globalThis;
    let looks = 1;
    t.mock.method(globalThis, 'setTimeout', (wake: () => void, ms: number) => {
      // wall-clock: all other timers are left as they are
      if (ms !== 20) return setTimeout(wake, ms);
      looks += 1;
      return void home.write(cacheFile, JSON.stringify(cached(30))).then(wake);
    });
    assert.equal((await ask(home, services)).accessKeyId, 'access 1');
    assert.equal(looks, 2);
  });

  for (const [when, token, message] of [
    [
      'nobody has signed in',
      undefined,
      /^Cannot use profile "dev": nobody has signed in; run: aws sso login --profile dev$/,
    ],
    ['the file holds something else', { clientId: 'x' }, /nobody has signed in/],
    [
      'the token has expired and cannot be refreshed',
      cached(-1, { refreshToken: undefined }),
      /the sign-in has expired/,
    ],
    [
      'the registration has expired, too',
      cached(-1, { registrationExpiresAt: at(-1) }),
      /the sign-in has expired/,
    ],
    ['the session has ended', cached(-1), /the sign-in has ended; run: aws sso login --profile dev$/],
  ] as const) {
    test(`fromSso says which command to run when ${when}`, async () => {
      await using home = await homeWith(token);
      await using services = await startServices(() => refusal('InvalidGrantException', 400));
      await assert.rejects(ask(home, services), { code: 'signInRequired', message });
    });
  }

  test('fromSso says which command to run when the portal does not take the token', async () => {
    await using home = await homeWith(cached(30));
    await using services = await Loopback.start(() => refusal('UnauthorizedException', 401));
    await assert.rejects(ask(home, services), {
      code: 'signInRequired',
      message: /aws sso login --profile dev/,
    });
  });

  test('fromSso says which role the portal refused, and why', async () => {
    await using home = await homeWith(cached(30));
    await using services = await Loopback.start(() => refusal('ForbiddenException', 403));
    await assert.rejects(ask(home, services), {
      code: 'credentialsFailed',
      message: 'Cannot get credentials for role "ReadOnly" in account 000000000042: ForbiddenException it is',
    });
  });

  test('fromSso does not ask for a sign-in when the service is only out of order', async () => {
    await using home = await homeWith(cached(-1));
    await using services = await startServices(() => refusal('SlowDownException', 400));
    await assert.rejects(ask(home, services), {
      code: 'credentialsFailed',
      message: 'Cannot refresh the sign-in: SlowDownException it is',
    });
  });

  for (const [what, settings, message] of [
    ['a session that is not there', 'sso_session = crop', /"dev": \[sso-session crop\] is not in "/],
    [
      'a profile without a role',
      'sso_session = corp\nsso_account_id = 1',
      /sso_role_name is missing in profile "dev"/,
    ],
    [
      'a profile without a region',
      `sso_start_url = ${startUrl}\nsso_account_id = 1\nsso_role_name = x`,
      /sso_region is missing in profile "dev"/,
    ],
    [
      'a profile that contradicts its session',
      'sso_session = corp\nsso_region = us-east-1',
      /sso_region is "us-east-1" in the profile but "eu-central-1" in \[sso-session corp\]/,
    ],
  ] as const) {
    test(`fromSso refuses ${what}`, async () => {
      const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-central-1`;
      await using home = await Home.with({ '.aws/config': `[profile dev]\n${settings}\n${session}` });
      await assert.rejects(fromSso({ env: home.env, profile: 'dev' })(), {
        code: 'badConfiguration',
        message,
      });
    });
  }

  test('fromSso says file and line where botocore refuses the sso-session, and only where a profile uses it', async () => {
    const faulty = '[sso-session corp]\nsso_region\n[profile dev]\nsso_session = corp\n[profile other]\n';
    await using home = await Home.with({ '.aws/config': faulty });
    await assert.rejects(fromSso({ env: home.env, profile: 'dev' })(), {
      code: 'badConfiguration',
      message: /config", line 2: expected "key = value"/,
    });
    await assert.rejects(fromSso({ env: home.env, profile: 'other' })(), { code: 'noCredentials' });
  });

  test('fromSso does not apply to a profile that does not sign in', async () => {
    await using home = await Home.with();
    await assert.rejects(fromSso({ env: home.env })(), { code: 'noCredentials' });
  });
});
