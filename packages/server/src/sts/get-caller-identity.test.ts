import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { signSigV4, type WireRequest } from '@latchkey/wire';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { type Answer, portal, send, signIn } from '../http/testing/api.ts';
import { BODY, Caller, type Keys, roleCredentials } from './testing/caller.ts';

const latchkey = await startLatchkey({
  users: [{ userName: 'alice@example.com' }],
  accounts: [{ id: '000011112222', name: 'Sandbox' }],
});
after(() => latchkey.close());
const caller = new Caller(latchkey, await roleCredentials(latchkey, 'alice@example.com'));
const alice = caller.keys;

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
  test('that a request is signed with', async () =>
    assertIdentity(await caller.deliver(await caller.sign())));

  test('in any region', async () =>
    assertIdentity(await caller.deliver(await caller.sign(caller.request(), { region: 'eu-west-1' }))));

  test('with a payload hash and extra headers, as the AWS SDK for JavaScript signs', async () => {
    const headers = {
      ...caller.request().headers,
      'x-amz-content-sha256': hash('sha256', BODY),
      'amz-sdk-invocation-id': '0d8cd1cc-5d3c-4fd7-8fb1-05a6b3b1a5a5',
      'amz-sdk-request': 'attempt=1; max=3',
      'x-amz-user-agent': 'aws-sdk-js/3.1169.0',
    };
    assertIdentity(await caller.deliver(await caller.sign(caller.request({ headers }))));
  });

  test('as GET', async () => assertIdentity(await caller.deliver(await caller.sign(caller.get()))));

  test('with an Accept header, signed along, that has nothing to do with it', async () => {
    const headers = { ...caller.request().headers, accept: 'image/png' };
    assertIdentity(await caller.deliver(await caller.sign(caller.request({ headers }))));
  });
});

describe('GetCallerIdentity, presigned in a URL as a token for others to verify', () => {
  const minutesAgo = (minutes: number) => latchkey.clock.now() - minutes * 60_000;
  const SECOND = 1 / 60;

  test('is good for 15 minutes from X-Amz-Date, however short or long its X-Amz-Expires', async () => {
    for (const expiresSeconds of [1, 60, 900, 604_800]) {
      for (const minutes of [0, 2, 14, 15 - SECOND]) {
        const url = await caller.presign(expiresSeconds, { nowMs: minutesAgo(minutes) });
        assertIdentity(await caller.deliver(url));
      }
      const late = await caller.presign(expiresSeconds, { nowMs: minutesAgo(15 + SECOND) });
      assertRefused(
        await caller.deliver(late),
        'SignatureDoesNotMatch',
        403,
        /^Signature expired: .* - 15 min/,
      );
    }
  });

  test('may come from a clock that is up to 15 minutes ahead, as a request signed in its headers may', async () => {
    assertIdentity(await caller.deliver(await caller.presign(60, { nowMs: minutesAgo(-15) })));
    const early = await caller.presign(60, { nowMs: minutesAgo(-15 - 2 * SECOND) });
    assertRefused(await caller.deliver(early), 'SignatureDoesNotMatch', 403, /^Signature not yet current/);
  });

  test('is refused when its X-Amz-Expires is malformed', async () => {
    const { query, ...rest } = await caller.presign(60);
    for (const value of ['', '0', '-1', '1.5', 'soon', '604801', '60&X-Amz-Expires=60']) {
      const changed = { ...rest, query: query.replace('X-Amz-Expires=60', `X-Amz-Expires=${value}`) };
      assertRefused(await caller.deliver(changed), 'IncompleteSignature', 400, /X-Amz-Expires/);
    }
  });

  test('is refused when its X-Amz-Expires was changed after signing', async () => {
    const { query, ...rest } = await caller.presign(60);
    const changed = { ...rest, query: query.replace('X-Amz-Expires=60', 'X-Amz-Expires=61') };
    assertRefused(await caller.deliver(changed), 'SignatureDoesNotMatch');
  });

  test('ends with the credentials that it is signed with', async () => {
    await using other = await startLatchkey();
    const bob = new Caller(other, await roleCredentials(other, 'alice'));
    other.clock.advance({ minutes: 55 });
    const url = await bob.presign(900);
    assert.equal((await bob.deliver(url)).status, 200);
    other.clock.advance({ minutes: 6 });
    assertRefused(await bob.deliver(url), 'ExpiredToken');
  });

  test('may bind a header of the verifier, which is then to be sent as it was signed', async () => {
    const url = await caller.presign(60, { unsigned: caller.get({ 'x-k8s-aws-id': 'cluster-1' }) });
    assertIdentity(await caller.deliver(url));
    const { 'x-k8s-aws-id': _, ...without } = url.headers;
    assertRefused(await caller.deliver({ ...url, headers: without }), 'IncompleteSignature', 400);
    const other = { ...url, headers: { ...url.headers, 'x-k8s-aws-id': 'cluster-2' } };
    assertRefused(await caller.deliver(other), 'SignatureDoesNotMatch');
  });

  test('may come with more headers than were signed, unless they are of Amazon', async () => {
    const url = await caller.presign(60);
    const added = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'Go-http-client/1.1',
      'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
      'x-forwarded-for': '192.0.2.1',
    };
    assert.equal((await caller.deliver({ ...url, headers: { ...url.headers, ...added } })).status, 200);
    const ofAmazon = { ...url, headers: { ...url.headers, 'x-amz-meta-x': 'y' } };
    assertRefused(
      await caller.deliver(ofAmazon),
      'IncompleteSignature',
      400,
      /'x-amz-meta-x' must be signed/,
    );
  });
});

describe('a request is refused', () => {
  test('unsigned', async () =>
    assertRefused(await caller.deliver(caller.request()), 'MissingAuthenticationToken'));

  test('with anything of it changed after signing', async () => {
    const signed = await caller.sign();
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
      assertRefused(await caller.deliver({ ...signed, ...change }), 'SignatureDoesNotMatch');
  });

  test('with another secret, or the payload hash of another body', async () => {
    const keys = { ...alice, secretAccessKey: 'x'.repeat(40) };
    assertRefused(
      await caller.deliver(await caller.sign(caller.request(), { keys })),
      'SignatureDoesNotMatch',
    );
    const headers = { ...caller.request().headers, 'x-amz-content-sha256': hash('sha256', 'another') };
    assertRefused(
      await caller.deliver(await caller.sign(caller.request({ headers }))),
      'SignatureDoesNotMatch',
    );
  });

  test('with a header of Amazon, or the host, left unsigned', async () => {
    const signed = await caller.sign();
    const added = { ...signed, headers: { ...signed.headers, 'x-amz-target': 'x' } };
    assertRefused(await caller.deliver(added), 'IncompleteSignature', 400, /'x-amz-target' must be signed/);
    const authorization = signed.headers['authorization']?.replace(';host;', ';');
    const hostless = { ...signed, headers: { ...signed.headers, authorization } };
    assertRefused(await caller.deliver(hostless), 'IncompleteSignature', 400, /'host' must be signed/);
  });

  test('with an access key id or session token that are not a pair of this instance', async () => {
    const other = await roleCredentials(latchkey, 'alice@example.com');
    const { accessKeyId, sessionToken } = other;
    const pairs: readonly Keys[] = [
      { ...alice, accessKeyId },
      { ...alice, sessionToken },
      { ...alice, sessionToken: 'lk_st_AAAA' },
      { ...alice, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    ];
    for (const keys of pairs)
      assertRefused(
        await caller.deliver(await caller.sign(caller.request(), { keys })),
        'InvalidClientTokenId',
      );
    const { sessionToken: _, ...longTerm } = alice;
    const scope = { service: 'sts', region: 'us-east-1', nowMs: latchkey.clock.now() };
    const unsealed = await signSigV4(caller.request(), { ...scope, credentials: longTerm });
    assertRefused(await caller.deliver(unsealed), 'InvalidClientTokenId');
  });

  test('signed for another service', async () => {
    assertRefused(
      await caller.deliver(await caller.sign(caller.request(), { service: 's3' })),
      'SignatureDoesNotMatch',
      403,
      /'sts'/,
    );
  });

  test('signed more than 15 minutes away from now, with a Date to correct a clock by', async () => {
    const nowMs = latchkey.clock.now();
    const late = await caller.deliver(await caller.sign(caller.request(), { nowMs: nowMs - 16 * 60_000 }));
    assertRefused(late, 'SignatureDoesNotMatch', 403, /Signature expired: \d{8}T\d{6}Z is now earlier than/);
    assert.ok(late.headers.get('date'));
    const early = await caller.deliver(await caller.sign(caller.request(), { nowMs: nowMs + 16 * 60_000 }));
    assertRefused(early, 'SignatureDoesNotMatch', 403, /Signature not yet current/);
    assertIdentity(await caller.deliver(await caller.sign(caller.request(), { nowMs: nowMs - 14 * 60_000 })));
  });

  test('with credentials that have expired', async () => {
    await using later = await startLatchkey();
    const bob = new Caller(later, await roleCredentials(later, 'alice'));
    later.clock.advance({ hours: 1, seconds: 1 });
    const answer = await bob.deliver(await bob.sign());
    assertRefused(answer, 'ExpiredToken', 403, /^The security token included in the request is expired$/);
  });

  test('with credentials of a session that was logged out, signed or presigned, however long they live', async () => {
    const { accessToken } = await signIn(latchkey, { userName: 'alice@example.com' });
    const path = '/federation/credentials?account_id=000011112222&role_name=Developer';
    const { members } = await portal(latchkey, path, accessToken);
    const bob = new Caller(latchkey, Object(members['roleCredentials']));
    const url = await bob.presign(900);
    assertIdentity(await bob.deliver(await bob.sign()));
    assert.equal((await portal(latchkey, '/logout', accessToken, 'POST')).status, 200);
    const reason = /^The security token included in the request is expired: the session .* sign in again$/;
    assertRefused(await bob.deliver(await bob.sign()), 'ExpiredToken', 403, reason);
    assertRefused(await bob.deliver(url), 'ExpiredToken', 403, reason);
    assertIdentity(await caller.deliver(await caller.sign()));
  });

  test('with headers named that nobody sent, or that are no text', async () => {
    for (const name of ['x-missing', 'constructor', '__proto__', 'set-cookie']) {
      const signed = await caller.sign();
      const authorization = signed.headers['authorization']?.replace(/(SignedHeaders=[^,]*)/, `$1;${name}`);
      const headers = { ...signed.headers, 'set-cookie': 'a=b', authorization };
      assertRefused(
        await caller.deliver({ ...signed, headers }),
        'IncompleteSignature',
        400,
        /not in the request/,
      );
    }
  });

  test('with an authorization that cannot be read', async () => {
    const { authorization: sound = '' } = (await caller.sign()).headers;
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
      const signed = await caller.sign();
      const answer = await caller.deliver({ ...signed, headers: { ...signed.headers, authorization } });
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

  test('an operation that STS has at AWS, and not here, is told what is here, and where credentials come from', async () => {
    for (const operation of [
      'AssumeRole',
      'AssumeRoleWithSAML',
      'AssumeRoleWithWebIdentity',
      'AssumeRoot',
      'DecodeAuthorizationMessage',
      'GetAccessKeyInfo',
      'GetDelegatedAccessToken',
      'GetFederationToken',
      'GetSessionToken',
      'GetWebIdentityToken',
    ]) {
      const form = caller.request({ body: Buffer.from(`Action=${operation}&Version=2011-06-15`) });
      for (const request of [form, await caller.sign(form)]) {
        const message = new RegExp(
          `^There is no operation &quot;${operation}&quot; of STS here: there is GetCallerIdentity\\b.*aws sso login`,
        );
        assertRefused(await caller.deliver(request), 'InvalidAction', 400, message);
      }
    }
  });

  test('a form without an action is told so', async () => {
    assertRefused(await plain('Version=2011-06-15'), 'MissingAction', 400);
    assertRefused(await plain(''), 'MissingAction', 400);
  });

  test('an action whose name is percent-encoded is the same action', async () => {
    const body = Buffer.from('Action=GetCaller%49dentity&Version=2011%2D06%2D15');
    assertIdentity(await caller.deliver(await caller.sign(caller.request({ body }))));
  });

  test('another version, signed for STS, is told which there is', async () => {
    const body = Buffer.from('Action=GetCallerIdentity&Version=2010-01-01');
    const answer = await caller.deliver(await caller.sign(caller.request({ body })));
    assertRefused(answer, 'InvalidAction', 400, /no version &quot;2010-01-01&quot; .*: there is 2011-06-15$/);
  });

  test('another version, unsigned, is no action here', async () => {
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
