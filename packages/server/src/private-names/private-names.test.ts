import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { awsHostNames } from './host-names.ts';
import { type PrivateNames, startPrivateNames } from './private-names.ts';

/** A server that only says which host it was asked for. */
async function open(listen: { readonly host: string } = { host: '127.0.0.1' }): Promise<PrivateNames> {
  const context = await createTestContext({ startMs: Date.now() });
  const config = { ...context.config, listen: { ...listen, port: 0 } };
  const handle = async ({ headers }: { headers: object }) => ({
    status: 200,
    headers: {},
    body: `asked for ${Object(headers).host}`,
  });
  return startPrivateNames({ context: { ...context, config }, handle }, 0);
}

interface Asked {
  readonly servername: string;
  readonly host?: string;
}

const authorityOf = (env: PrivateNames['env']) => env['AWS_CA_BUNDLE'] ?? '';

function ask({ address, port, env }: PrivateNames, { servername, host = servername }: Asked) {
  const ca = readFileSync(authorityOf(env));
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    request({ host: address, port, servername, headers: { host }, ca, agent: false }, async (response) =>
      resolve({ status: response.statusCode, body: await text(response) }),
    )
      .once('error', reject)
      .end();
  });
}

test("each of AWS's host names is answered to who trusts the certificate of this run", async () => {
  await using names = await open();
  assert.deepEqual(names.hosts, awsHostNames('us-east-1'));
  for (const servername of names.hosts) {
    assert.deepEqual(await ask(names, { servername }), { status: 200, body: `asked for ${servername}` });
  }
});

test('a host name is answered with any port, and in capitals', async () => {
  await using names = await open();
  const [servername = ''] = names.hosts;
  for (const host of [`${servername}:8443`, servername.toUpperCase()]) {
    assert.equal((await ask(names, { servername, host })).status, 200, host);
  }
});

test('no other host name is answered on the port of the private names', async () => {
  await using names = await open();
  const [servername = ''] = names.hosts;
  for (const host of [
    'localhost',
    '127.0.0.1',
    's3.us-east-1.amazonaws.com',
    `evil.${servername}`,
    'evil.example',
  ]) {
    const { status, body } = await ask(names, { servername, host });
    assert.equal(status, 421, host);
    assert.match(body, /^Only AWS's own host names are answered here/);
  }
});

test('who trusts the certificate of this run trusts no other host name by it', async () => {
  await using names = await open();
  await assert.rejects(ask(names, { servername: 's3.us-east-1.amazonaws.com' }), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test('the certificate of another run is not trusted', async () => {
  await using names = await open();
  await using other = await open();
  const [servername = ''] = names.hosts;
  const stranger = { ...names, env: other.env };
  await assert.rejects(ask(stranger, { servername }), { code: /UNABLE_TO_VERIFY|SIGNATURE|SELF_SIGNED/ });
});

test('any user can read the certificate, no file has a private key, and closing removes it', async () => {
  const names = await open();
  const file = authorityOf(names.env);
  const folder = dirname(file);
  assert.deepEqual(
    [folder, file].map((path) => statSync(path).mode & 0o777),
    [0o755, 0o644],
  );
  for (const name of readdirSync(folder)) {
    assert.doesNotMatch(readFileSync(join(folder, name), 'latin1'), /PRIVATE KEY/);
  }
  await names[Symbol.asyncDispose]();
  assert.ok(!existsSync(folder));
});

test('private names are answered on loopback addresses alone', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', '::ffff:192.0.2.1', 'sso.example.com']) {
    await assert.rejects(open({ host }), /answered on loopback, not on/, host);
  }
});
