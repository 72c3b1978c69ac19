import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { type Answer, assertError, post, send } from '../http/testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

/** A sound body of each operation, so that what is put wrong is the only thing wrong. */
const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/client/register': { clientName: 'x', clientType: 'public' },
  '/device_authorization': { clientId: 'x', clientSecret: 'x', startUrl: latchkey.startUrl },
  '/token': { clientId: 'x', clientSecret: 'x', grantType: 'refresh_token', refreshToken: 'x' },
  '/token?aws_iam=t': { clientId: 'x', grantType: 'refresh_token' },
};

function assertInvalid(answer: Answer, message: RegExp): void {
  assertError(answer, { status: 400, type: 'InvalidRequestException', error: 'invalid_request', message });
}

for (const [path, body] of Object.entries(bodies)) {
  describe(`POST ${path} says what is wrong with`, () => {
    const json = JSON.stringify(body);
    const raw = (bytes: string | Uint8Array<ArrayBuffer>, headers = { 'content-type': 'application/json' }) =>
      send(latchkey, path, { method: 'POST', headers, body: bytes });

    test('JSON that is none, and where', async () => {
      for (const text of ['{', 'x', `${json}x`, "{'a':1}", '{"a":}', '[', '"', `${json},`, '\ufeff']) {
        assertInvalid(await raw(text), /JSON.* line 1, column \d+/);
      }
    });

    test('JSON that is no object', async () => {
      for (const text of ['[]', '""', '1', 'true', `[${json}]`])
        assertInvalid(await raw(text), /expected an object/);
    });

    test('JSON nested beyond reason', async () => {
      const deep = `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
      assert.ok((await raw(deep)).status < 500);
    });

    test('no body at all, and each member that is missing', async () => {
      assertInvalid(await raw(''), /clientType|clientId/);
      const required = Object.keys(body).filter((member) => member !== 'refreshToken');
      for (const member of required) {
        for (const nothing of [undefined, null]) {
          const answer = await post(latchkey, path, { ...body, [member]: nothing });
          assert.equal(answer.status, 400);
          assert.match(String(answer.members['message']), new RegExp(`'/${member}'.*must not be null`));
        }
      }
    });

    test('half of a surrogate pair in any member, without failing on it where the answer quotes it', async () => {
      const more = {
        scopes: [],
        redirectUris: [],
        grantTypes: [],
        issuerUrl: '',
        entitledApplicationArn: '',
      };
      const optional = {
        scope: [],
        code: '',
        redirectUri: '',
        codeVerifier: '',
        deviceCode: '',
        assertion: '',
      };
      for (const [member, value] of Object.entries({ ...body, ...more, ...optional })) {
        const half = Array.isArray(value) ? ['\ud800'] : '\ud800';
        const { status, text } = await post(latchkey, path, { ...body, [member]: half });
        assert.ok(status >= 200 && status < 500, `${member}: ${status} ${text}`);
      }
    });

    test('members of the wrong type', async () => {
      for (const member of Object.keys(body)) {
        for (const value of [1, true, {}, [], 1.5]) {
          const answer = await post(latchkey, path, { ...body, [member]: value });
          assert.equal(answer.status, 400);
          assert.match(
            String(answer.members['message']),
            new RegExp(`'/${member}': found a.*, expected a string`),
          );
        }
      }
    });

    test('members that are over-long', async () => {
      for (const member of Object.keys(body)) {
        const answer = await post(latchkey, path, { ...body, [member]: 'x'.repeat(5000) });
        assert.equal(answer.status, 400);
        const message = new RegExp(`/${member}' .*less than or equal to \\d+`);
        assert.match(String(answer.members['message']), message);
      }
    });

    test('members that are empty, by the rules and not by the model, as AWS takes any string', async () => {
      for (const member of Object.keys(body).filter((name) => name !== 'clientName')) {
        const answer = await post(latchkey, path, { ...body, [member]: '' });
        assert.ok(answer.status === 400 || answer.status === 401, member);
        assert.doesNotMatch(String(answer.members['message']), /failed to satisfy constraint/, member);
      }
    });

    test('another content type, or none', async () => {
      for (const type of [
        'text/plain',
        'application/xml',
        'multipart/form-data; boundary=x',
        'json',
        'application/x-amz-json-1.2',
        ',',
        '',
      ]) {
        assertInvalid(await raw(json, { 'content-type': type }), /content type, expected application\/json/);
      }
      assertInvalid(
        await send(latchkey, path, { method: 'POST', body: Buffer.from(json) }),
        /no content type/,
      );
    });

    test('no content type of JSON, with a charset or as aws-elixir writes it', async () => {
      for (const type of [
        'application/json; charset=UTF-8',
        'Application/JSON',
        'application/x-amz-json-1.1',
        'application/x-amz-json-1.0;charset=utf-8',
      ]) {
        const answer = await raw(json, { 'content-type': type });
        assert.doesNotMatch(answer.text, /content type/, type);
      }
    });

    test('bytes that are not UTF-8', async () => {
      for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
        const text = Buffer.concat([Buffer.from('{"clientName":"'), Buffer.from(bytes), Buffer.from('"}')]);
        assertInvalid(await raw(new Uint8Array(text)), /not UTF-8/);
      }
    });

    test('a body over 64 KiB', async () => {
      const padded = (length: number) => json.padEnd(length, ' ');
      assertInvalid(await raw(padded(65_537)), /longer than 65536 bytes/);
      assert.doesNotMatch((await raw(padded(65_536))).text, /65536/);
    });

    test('nothing of what was sent, as it may be secret', async () => {
      const secret = 'hunter2-hunter2-hunter2';
      for (const text of [
        `{"clientSecret":"${secret}`,
        `{"clientSecret":${secret}}`,
        secret,
        `["${secret}"]`,
      ]) {
        assert.equal((await raw(text)).text.includes('hunter2'), false);
      }
    });
  });
}
