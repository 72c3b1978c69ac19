import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, test } from 'node:test';
import type { WireRequest } from '../http.ts';
import { nodeCrypto } from '../node.ts';
import { parseAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { SigV4Crypto } from './crypto.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import { parseAuthorization } from './parse-authorization.ts';
import { signSigV4 } from './sign.ts';
import { stringToSign } from './string-to-sign.ts';
import { verifySigV4 } from './verify.ts';

const suite = new URL('../../../../../shared/sigv4-tests/', import.meta.url).pathname;
const accessKeyId = 'AKIDEXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const nowMs = parseAmzDate('20150830T123600Z') ?? 0;

// Its token is added to the request after signing, which no service of ours accepts.
const tokenAddedLater = 'post-sts-header-after';
const cases = existsSync(suite) ? globSync('**/*.req', { cwd: suite }).toSorted() : [];
const skip = cases.length === 0 && 'the SigV4 test suite is not there: ../shared/sigv4-tests';

describe('AWS test suite of SigV4', { skip }, () => {
  for (const path of cases) {
    const name = basename(path, '.req');
    const read = (extension: string) =>
      readFileSync(`${suite}${dirname(path)}/${name}.${extension}`, 'utf8').replaceAll('\r\n', '\n');

    for (const [platform, crypto] of Object.entries({ webCrypto, nodeCrypto })) {
      test(`${name} is signed as AWS signs it (${platform})`, () => checkSigning(read, crypto));
      test(`${name} is accepted as AWS signed it (${platform})`, () => checkVerifying(read, crypto));
    }
  }

  test('a session token that was added after signing is refused', { skip }, async () => {
    const path = `${suite}post-sts-token/${tokenAddedLater}/${tokenAddedLater}.sreq`;
    const result = await verify(parseRequest(readFileSync(path, 'utf8')), nodeCrypto);
    assert.deepEqual(result, {
      kind: 'refused',
      code: 'IncompleteSignature',
      message: "The header 'x-amz-security-token' must be signed",
    });
  });
});

async function checkSigning(read: (extension: string) => string, crypto: SigV4Crypto): Promise<void> {
  const request = parseRequest(read('req'));
  const sessionToken = /^x-amz-security-token:(.*)$/m.exec(read('creq'))?.[1];
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const signed = await signSigV4(request, {
    credentials,
    region: 'us-east-1',
    service: 'service',
    nowMs,
    crypto,
  });
  const authorization = parseAuthorization(signed);
  assert(authorization.kind === 'authorization');
  const { signedHeaders, amzDate, scope } = authorization;
  const canonical = canonicalRequest(signed, signedHeaders, await sha256Hex(request.body, crypto));
  assert.equal(canonical, read('creq'));
  assert.equal(stringToSign(amzDate, scope, await sha256Hex(canonical, crypto)), read('sts'));
  assert.equal(signed.headers['authorization'], read('authz'));
}

async function checkVerifying(read: (extension: string) => string, crypto: SigV4Crypto): Promise<void> {
  const request = parseRequest(read('req'));
  const sessionToken = /^x-amz-security-token:(.*)$/m.exec(read('creq'))?.[1];
  const headers = { ...request.headers, authorization: read('authz'), 'x-amz-security-token': sessionToken };
  const result = await verify({ ...request, headers: JSON.parse(JSON.stringify(headers)) }, crypto);
  assert.equal(result.kind, 'verified');
}

function verify(request: WireRequest, crypto: SigV4Crypto) {
  return verifySigV4(request, {
    nowMs,
    services: ['service'],
    crypto,
    findCredentials: (id) => (id === accessKeyId ? { secretAccessKey } : undefined),
  });
}

/** Reads a request of the suite: raw text, in which a header may go on in the next line. */
function parseRequest(text: string): WireRequest {
  const [head = '', ...body] = text.split('\n\n');
  const [start = '', ...lines] = head.split('\n');
  const [, method = '', path = '', query = ''] = /^(\S+) ([^?]*)(?:\?(.*))? HTTP\/1\.1$/.exec(start) ?? [];
  const headers: Record<string, string> = {};
  let last = '';
  for (const line of lines.filter((each) => each !== '')) {
    const [, name, value = ''] = /^([^\s:]+):(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      headers[last] += `\n${line}`;
      continue;
    }
    last = name.toLowerCase();
    headers[last] = headers[last] === undefined ? value : `${headers[last]},${value}`;
  }
  return { method, path, query, headers, body: new TextEncoder().encode(body.join('\n\n')) };
}
