import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { IncomingRequest } from '../http/route.ts';
import { parseForm, parseQuery } from './form.ts';
import { PageError } from './page-error.ts';

const TYPE = 'application/x-www-form-urlencoded';

function posted(body: string | Uint8Array, contentType: string | undefined = TYPE): IncomingRequest {
  return {
    method: 'POST',
    path: '/sign-in',
    query: '',
    headers: { 'content-type': contentType },
    body: Buffer.from(body),
    oversized: false,
    origin: { address: '127.0.0.1', userAgent: '', requestId: 'r-1' },
  };
}

function statusOf(parse: () => unknown): number {
  try {
    parse();
  } catch (error) {
    if (error instanceof PageError) return error.status;
    throw error;
  }
  return 200;
}

test('a form is read as a browser sends it', () => {
  const fields = parseForm(
    posted('user_name=al%C3%AFce+b&password=a%2Bb%26c%3Dd&empty=&bare', `${TYPE}; charset=UTF-8`),
  );
  assert.deepEqual(
    [...fields],
    [
      ['user_name', 'alïce b'],
      ['password', 'a+b&c=d'],
      ['empty', ''],
      ['bare', ''],
    ],
  );
});

test('every form that a browser can send comes through unchanged', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 16 }),
      (pairs) => {
        const sent = new URLSearchParams(pairs).toString();
        // URLSearchParams writes an empty pair, which no form has, as `=`.
        assert.deepEqual([...parseForm(posted(sent))], pairs);
      },
    ),
  );
});

test('a form that says one thing twice is refused, however the name is spelled', () => {
  assert.equal(
    statusOf(() => parseForm(posted('decision=deny&decision=allow'))),
    400,
  );
  assert.equal(
    statusOf(() => parseForm(posted('decision=deny&deci%73ion=allow'))),
    400,
  );
});

test('a form that is not UTF-8 as browsers encode it is refused', () => {
  assert.equal(
    statusOf(() => parseForm(posted('user_name=%FF'))),
    400,
  );
  assert.equal(
    statusOf(() => parseForm(posted('user_name=%'))),
    400,
  );
  assert.equal(
    statusOf(() => parseForm(posted(Buffer.of(0x61, 0x3d, 0xff)))),
    400,
  );
});

test('a form with too many fields is refused', () => {
  const fields = Array.from({ length: 17 }, (_, index) => `f${index}=1`).join('&');
  assert.equal(
    statusOf(() => parseForm(posted(fields))),
    400,
  );
});

test('a form of another content type is refused, so that no other site can send it without asking', () => {
  for (const contentType of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', '']) {
    assert.equal(
      statusOf(() => parseForm(posted('a=1', contentType))),
      415,
      contentType,
    );
  }
});

test('a query that says one thing twice is refused', () => {
  const request = { ...posted(''), method: 'GET', path: '/device', query: 'user_code=A&user_code=B' };
  assert.equal(
    statusOf(() => parseQuery(request)),
    400,
  );
});
