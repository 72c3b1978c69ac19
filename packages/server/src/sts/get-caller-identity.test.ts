import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { presignSigV4, signSigV4, type WireRequest } from '@latchkey/wire';
import { type Answer, portal, send, signIn } from '../http/testing/api.ts';
import { type Latchkey, startLatchkey } from '../testing/mod.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';
const latchkey = await startLatchkey({
  users: [{ userName: 'alice@example.com' }],
  accounts: [{ id: '000011112222', name: 'Sandbox' }],
});
after(() => latchkey.close());
const alice = await roleCredentials(latchkey);

async function roleCredentials(from: Latchkey, userName = 'alice@example.com'): Promise<Keys> {
  const { accessToken } = await signIn(from, { userName });
  const accounts = await portal(from, '/assignment/accounts', accessToken);
  const [{ accountId }] = Object(accounts.members['accountList']);
  const path = `/federation/credentials?account_id=${accountId}&role_name=Developer`;
  return Object((await portal(from, path, accessToken)).members['roleCredentials']);
}

/** A request for the caller's identity, as clients make it before they sign it. */
function request(change: Partial<WireRequest> = {}): WireRequest {
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      host: new URL(latchkey.url).host,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: Buffer.from(BODY),
    ...change,
  };
}

interface Signing {
  readonly keys?: Keys;
  readonly service?: string;
  readonly region?: string;
  readonly nowMs?: number;
}

function options({
  keys = alice,
  service = 'sts',
  region = 'us-east-1',
  nowMs = latchkey.clock.now(),
}: Signing) {
  return { credentials: keys, service, region, nowMs };
}

function sign(unsigned: WireRequest = request(), signing: Signing = {}): Promise<WireRequest> {
  return signSigV4(unsigned, options(signing));
}

function deliver({ method, path, query, headers, body }: WireRequest): Promise<Answer> {
  const { host: _, ...rest } = headers;
  const present = Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return send(latchkey, path + (query === '' ? '' : `?${query}`), {
    method,
    headers: Object.fromEntries(present),
    ...(method === 'POST' && { body: Buffer.from(body) }),
  });
}

function assertIdentity({ status, text, headers }: Answer): void {
  assert.equal(status, 200, text);
  assert.match(headers.get('content-type') ?? '', /^text\/xml/);
  assert.match(text, /<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/">/);
  assert.match(text, /<GetCallerIdentityResult>.*<\/GetCallerIdentityResult><ResponseMetadata><RequestId>/);
  assert.match(text, /<Account>000011112222<\/Account>/);
  const role = 'AWSReservedSSO_Developer_[0-9a-f]{16}';
  const arn = `arn:aws:sts::000011112222:assumed-role/${role}/alice@example\\.com`;
  assert.match(text, new RegExp(`<Arn>${arn}</Arn>`));
  assert.match(text, /<UserId>AROA[A-Z2-7]{17}:alice@example\.com<\/UserId>/);
}

function assertRefused({ status, text }: Answer, code: string, expectedStatus = 403, message = /./): void {
  assert.match(text, new RegExp(`<Error><Type>Sender</Type><Code>${code}</Code><Message>`), text);
  assert.equal(status, expectedStatus);
  assert.match(/<Message>(.*)<\/Message>/.exec(text)?.[1] ?? '', message);
}

describe('GetCallerIdentity answers who holds the role credentials', () => {
  test('that a request is signed with', async () => assertIdentity(await deliver(await sign())));

  test('in any region', async () =>
    assertIdentity(await deliver(await sign(request(), { region: 'eu-west-1' }))));

  test('with a payload hash and extra headers, as the AWS SDK for JavaScript signs', async () => {
    const headers = {
      ...request().headers,
      'x-amz-content-sha256': hash('sha256', BODY),
      'amz-sdk-invocation-id': '0d8cd1cc-5d3c-4fd7-8fb1-05a6b3b1a5a5',
      'amz-sdk-request': 'attempt=1; max=3',
      'x-amz-user-agent': 'aws-sdk-js/3.1169.0',
    };
    assertIdentity(await deliver(await sign(request({ headers }))));
  });

  test('as GET', async () => {
    const { host } = request().headers;
    const get = request({ method: 'GET', query: BODY, headers: { host }, body: new Uint8Array() });
    assertIdentity(await deliver(await sign(get)));
  });

  test('presigned in a URL, as EKS and Vault take it, until it expires', async () => {
    const { host } = request().headers;
    const get = request({ method: 'GET', query: BODY, headers: { host }, body: new Uint8Array() });
    const url = (nowMs: number) => presignSigV4(get, { ...options({ nowMs }), expiresSeconds: 60 });
    assertIdentity(await deliver(await url(latchkey.clock.now())));
    assertRefused(
      await deliver(await url(latchkey.clock.now() - 61_000)),
      'SignatureDoesNotMatch',
      403,
      /expired/,
    );
  });
});

describe('a request is refused', () => {
  test('unsigned', async () => assertRefused(await deliver(request()), 'MissingAuthenticationToken'));

  test('with anything of it changed after signing', async () => {
    const signed = await sign();
    const changes: readonly Partial<WireRequest>[] = [
      { body: Buffer.from(`${BODY}&x=1`) },
      { query: 'x=1' },
      { headers: { ...signed.headers, 'content-type': 'application/x-www-form-urlencoded' } },
      {
        headers: {
          ...signed.headers,
          authorization: signed.headers['authorization']?.replace(/.$/, flipDigit),
        },
      },
    ];
    for (const change of changes)
      assertRefused(await deliver({ ...signed, ...change }), 'SignatureDoesNotMatch');
  });

  test('with another secret, or the payload hash of another body', async () => {
    const keys = { ...alice, secretAccessKey: 'x'.repeat(40) };
    assertRefused(await deliver(await sign(request(), { keys })), 'SignatureDoesNotMatch');
    const headers = { ...request().headers, 'x-amz-content-sha256': hash('sha256', 'another') };
    assertRefused(await deliver(await sign(request({ headers }))), 'SignatureDoesNotMatch');
  });

  test('with a header of Amazon, or the host, left unsigned', async () => {
    const signed = await sign();
    const added = { ...signed, headers: { ...signed.headers, 'x-amz-target': 'x' } };
    assertRefused(await deliver(added), 'IncompleteSignature', 400, /'x-amz-target' must be signed/);
    const authorization = signed.headers['authorization']?.replace(';host;', ';');
    const hostless = { ...signed, headers: { ...signed.headers, authorization } };
    assertRefused(await deliver(hostless), 'IncompleteSignature', 400, /'host' must be signed/);
  });

  test('with an access key id or session token that are not a pair of this instance', async () => {
    const other = await roleCredentials(latchkey);
    const { accessKeyId, sessionToken } = other;
    const pairs: readonly Keys[] = [
      { ...alice, accessKeyId },
      { ...alice, sessionToken },
      { ...alice, sessionToken: 'lk_st_AAAA' },
      { ...alice, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    ];
    for (const keys of pairs)
      assertRefused(await deliver(await sign(request(), { keys })), 'InvalidClientTokenId');
    const { sessionToken: _, ...longTerm } = alice;
    const unsealed = await signSigV4(request(), { ...options({}), credentials: longTerm });
    assertRefused(await deliver(unsealed), 'InvalidClientTokenId');
  });

  test('signed for another service', async () => {
    assertRefused(
      await deliver(await sign(request(), { service: 's3' })),
      'SignatureDoesNotMatch',
      403,
      /'sts'/,
    );
  });

  test('signed more than 15 minutes away from now, with a Date to correct a clock by', async () => {
    const nowMs = latchkey.clock.now();
    const late = await deliver(await sign(request(), { nowMs: nowMs - 16 * 60_000 }));
    assertRefused(late, 'SignatureDoesNotMatch', 403, /Signature expired: \d{8}T\d{6}Z is now earlier than/);
    assert.ok(late.headers.get('date'));
    const early = await deliver(await sign(request(), { nowMs: nowMs + 16 * 60_000 }));
    assertRefused(early, 'SignatureDoesNotMatch', 403, /Signature not yet current/);
    assertIdentity(await deliver(await sign(request(), { nowMs: nowMs - 14 * 60_000 })));
  });

  test('with credentials that have expired', async () => {
    await using later = await startLatchkey();
    const keys = await roleCredentials(later, 'alice');
    later.clock.advance({ hours: 1, seconds: 1 });
    const headers = { ...request().headers, host: new URL(later.url).host };
    const signed = await signSigV4(request({ headers }), { ...options({ keys }), nowMs: later.clock.now() });
    const { host: _, ...rest } = signed.headers;
    const answer = await send(later, '/', { method: 'POST', headers: Object(rest), body: BODY });
    assertRefused(answer, 'ExpiredToken', 403, /^The security token included in the request is expired$/);
  });

  test('with headers named that nobody sent, or that are no text', async () => {
    for (const name of ['x-missing', 'constructor', '__proto__', 'set-cookie']) {
      const signed = await sign();
      const authorization = signed.headers['authorization']?.replace(/(SignedHeaders=[^,]*)/, `$1;${name}`);
      const headers = { ...signed.headers, 'set-cookie': 'a=b', authorization };
      assertRefused(await deliver({ ...signed, headers }), 'IncompleteSignature', 400, /not in the request/);
    }
  });

  test('with an authorization that cannot be read', async () => {
    const { authorization: sound = '' } = (await sign()).headers;
    const unreadable = [
      'Bearer x',
      'AWS4-HMAC-SHA256',
      'AWS4-HMAC-SHA256 Credential=x',
      sound.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA512'),
      sound.replace('/aws4_request', ''),
      sound.replace(/Signature=.*/, 'Signature=x'),
      sound.replace(/SignedHeaders=[^,]*/, 'SignedHeaders='),
      `${sound}, Signature=${'0'.repeat(64)}`,
    ];
    for (const authorization of unreadable) {
      const signed = await sign();
      const answer = await deliver({ ...signed, headers: { ...signed.headers, authorization } });
      assertRefused(answer, 'IncompleteSignature', 400);
    }
  });
});

describe('what is no request of STS', () => {
  const plain = (body: string) =>
    send(latchkey, '/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });

  test('an unknown action, or none, says what there is', async () => {
    assertRefused(
      await plain('Action=AssumeRole&Version=2011-06-15'),
      'InvalidAction',
      400,
      /GetCallerIdentity/,
    );
    assertRefused(await plain('Version=2011-06-15'), 'MissingAction', 400);
    assertRefused(await plain(''), 'MissingAction', 400);
  });

  test('another version is no action here', async () => {
    assertRefused(await plain('Action=GetCallerIdentity&Version=2010-01-01'), 'InvalidAction', 400);
  });

  test('a browser that opens the origin gets a page all the same', async () => {
    const answer = await send(latchkey, '/', { headers: { accept: 'text/html' } });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in/);
  });
});

function flipDigit(digit: string): string {
  return digit === '0' ? '1' : '0';
}
