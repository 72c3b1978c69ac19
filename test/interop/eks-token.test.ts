import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { aws, awsJson, type Environment, environmentOf, signIn } from './harness/aws-cli.ts';
import { awsCli, eksTokenVerifier } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { minutesUntil } from './harness/minutes-until.ts';
import { run } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

const CLUSTER = 'cluster-1';
const aliceInProduction =
  /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/;

interface ExecCredential {
  readonly status: { readonly token: string; readonly expirationTimestamp: string };
}

function getToken(env: Environment): Promise<ExecCredential> {
  return awsJson<ExecCredential>(env, 'eks', 'get-token', '--cluster-name', CLUSTER);
}

function urlIn(token: string): string {
  const [, encoded = ''] = /^k8s-aws-v1\.([\w-]+)$/.exec(token) ?? [];
  return Buffer.from(encoded, 'base64url').toString();
}

/** However long it took to come here, the clock stands at this instant. */
function moveTo({ clock }: Latchkey, instant: string): void {
  clock.advance({ milliseconds: Date.parse(instant) - clock.now() });
}

/** Calls the URL in a token as aws-iam-authenticator does. */
async function replay(token: string, cluster = CLUSTER) {
  const headers = { 'x-k8s-aws-id': cluster, accept: 'application/json' };
  const response = await fetch(urlIn(token), { headers });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

suite('a token of aws eks get-token', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('says to its verifier whose it is, for as long as it claims to be good', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const { status } = await getToken(environmentOf(latchkey));
    assert.match(urlIn(status.token), /[?&]X-Amz-Expires=60\b/);
    const minutes = minutesUntil(status.expirationTimestamp);
    assert.ok(minutes > 10 && minutes <= 14, `it claims to be good for ${minutes} minutes`);
    const first = await replay(status.token);
    assert.equal(first.status, 200, JSON.stringify(first.body));
    const { Account, Arn, UserId } = first.body.GetCallerIdentityResponse.GetCallerIdentityResult;
    assert.equal(Account, '000000000042');
    assert.match(Arn, aliceInProduction);
    assert.match(UserId, /:alice$/);
    moveTo(latchkey, status.expirationTimestamp);
    assert.equal((await replay(status.token)).status, 200);
    latchkey.clock.advance({ minutes: 2 });
    const { status: late, body } = await replay(status.token);
    assert.equal(late, 403);
    assert.equal(body.Error.Code, 'SignatureDoesNotMatch');
    assert.match(body.Error.Message, /^Signature expired/);
  });

  test('is good for no other cluster', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const { status } = await getToken(environmentOf(latchkey));
    const { status: refused, body } = await replay(status.token, 'cluster-2');
    assert.deepEqual([refused, body.Error.Code], [403, 'SignatureDoesNotMatch']);
  });
});

suite('the verifier of aws-iam-authenticator', {
  skip: await skipUnlessPrepared(awsCli, eksTokenVerifier),
}, () => {
  /** The verifier takes AWS's own host names alone, so the token is made on a machine that knows no other. */
  async function tokenOfAlice(latchkey: Latchkey): Promise<ExecCredential['status']> {
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { stdout } = await aws(env, 'configure', 'export-credentials', '--format', 'process');
    const exported: Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string> = JSON.parse(stdout);
    const { status } = await getToken({
      PATH: env.PATH,
      HOME: `${env.HOME}/elsewhere`,
      AWS_REGION: latchkey.region,
      AWS_ACCESS_KEY_ID: exported.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: exported.SecretAccessKey,
      AWS_SESSION_TOKEN: exported.SessionToken,
    });
    assert.match(urlIn(status.token), /^https:\/\/sts\.[\w-]+\.amazonaws\.com\//);
    return status;
  }

  function verify(latchkey: Latchkey, token: string, cluster = CLUSTER) {
    const env = { STS_URL: latchkey.url };
    return run([...eksTokenVerifier.command, cluster, latchkey.region, token], { env });
  }

  test('learns from STS here whose a token of the AWS CLI is, until 15 minutes have passed', async () => {
    await using latchkey = await startExample();
    const { token, expirationTimestamp } = await tokenOfAlice(latchkey);
    for (const moves of [false, true]) {
      if (moves) moveTo(latchkey, expirationTimestamp);
      const { exitCode, stdout, stderr } = await verify(latchkey, token);
      assert.equal(exitCode, 0, stderr);
      const { arn, account, sessionName, userId } = JSON.parse(stdout);
      assert.match(arn, aliceInProduction);
      assert.match(userId, /^AROA[A-Z2-7]{17}$/);
      assert.deepEqual([account, sessionName], ['000000000042', 'alice']);
    }
    latchkey.clock.advance({ minutes: 2 });
    const { exitCode, stderr } = await verify(latchkey, token);
    assert.equal(exitCode, 1);
    assert.match(stderr, /expected 200, got 403.*SignatureDoesNotMatch.*Signature expired/);
  });

  test('is told that a token was made for another cluster', async () => {
    await using latchkey = await startExample();
    const { token } = await tokenOfAlice(latchkey);
    const { exitCode, stderr } = await verify(latchkey, token, 'cluster-2');
    assert.equal(exitCode, 1);
    assert.match(stderr, /got 403.*SignatureDoesNotMatch/);
  });
});
