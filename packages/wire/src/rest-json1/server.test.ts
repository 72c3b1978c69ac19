import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { addBook, close, library, search } from '../fixtures/library.ts';
import { jsonRequest, received } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { WireRequest } from '../http.ts';
import { restJson1Client } from './client.ts';
import { restJson1Server } from './server.ts';

const server = restJson1Server(library);
const metadata = { requestId: 'request-1' };
const searchFor = (body: unknown, headers = {}) =>
  server.parseInput(search, jsonRequest('/search', body, headers));
const refusalOfSearch = (body: unknown, headers = {}) => refusalOf(() => searchFor(body, headers));

describe('restJson1 server reads a request', () => {
  test('a null member counts as absent, and an absent one takes its default', () => {
    assert.deepEqual(searchFor({ word: 'abc', limit: null, page: null }), { word: 'abc', page: 1 });
  });

  test('members that the model does not have are ignored', () => {
    assert.deepEqual(searchFor({ word: 'abc', constructor: 1, other: { deep: [1] } }), {
      word: 'abc',
      page: 1,
    });
  });

  test('of a repeated key the last value counts', () => {
    assert.deepEqual(searchFor('{"word":"first","word":"last"}'), { word: 'last', page: 1 });
  });

  test('a key __proto__ changes no prototype, neither of a structure nor of a map', () => {
    const text = '{"word":"abc","__proto__":{"limit":5},"byShelf":{"__proto__":"abc"}}';
    const { code } = refusalOf(() => searchFor(text));
    assert.equal(code, 'validation', 'the key of the map breaks its pattern');
    const book = server.parseInput(
      addBook,
      jsonRequest('/shelves/a/books/b', '{"book":{"__proto__":{"title":"x"},"tags":{"__proto__":"x"}}}'),
    )['book'] as { title?: string; tags: object };
    assert.equal(book.title, undefined);
    assert.equal(Object.getPrototypeOf(book.tags), Object.prototype);
    assert.deepEqual(Object.entries(book.tags), [['__proto__', 'x']]);
  });

  test('the content type may have parameters and any case', () => {
    assert.deepEqual(searchFor({ word: 'abc' }, { 'content-type': 'Application/JSON; charset=utf-8' }), {
      word: 'abc',
      page: 1,
    });
  });

  test('an empty body is an empty document', () => {
    assert.match(refusalOfSearch('').message, /'\/word'.* must not be null/);
  });

  test('an operation without input takes no body', () => {
    assert.deepEqual(server.parseInput(close, { ...jsonRequest('/close', ''), headers: {} }), {});
    assert.equal(
      refusalOf(() => server.parseInput(close, jsonRequest('/close', '{}'))).code,
      'unsupportedMediaType',
    );
  });
});

describe('restJson1 server refuses what it cannot read', () => {
  for (const [body, message] of [
    ['{"word":"abc"', 'Cannot parse the JSON body: unexpected end at line 1, column 14'],
    ['{"word":\n  secret}', 'Cannot parse the JSON body: unexpected character at line 2, column 3'],
    ['[]', "Cannot read '/': found a list, expected an object"],
    ['{"word":1}', "Cannot read '/word': found a number, expected a string"],
    ['{"word":"abc","words":["abc",{}]}', "Cannot read '/words/1': found an object, expected a string"],
    ['{"word":"abc","words":[null]}', "Cannot read '/words/0': found null in a list that takes none"],
    ['{"word":"abc","limit":1.5}', "Cannot read '/limit': found a number, expected a whole number"],
    ['{"word":"abc","limit":3000000000}', "Cannot read '/limit': found a number out of the range of integer"],
    ['{"word":"abc","filter":"x"}', "Cannot read '/filter': found a string, expected an object"],
  ]) {
    test(`${JSON.stringify(body)} says where and why`, () => {
      const refusal = refusalOfSearch(body);
      assert.deepEqual([refusal.code, refusal.message], ['malformed', message]);
    });
  }

  test('a body that is not UTF-8', () => {
    const request = { ...jsonRequest('/search', ''), body: Uint8Array.of(0x22, 0xc3, 0x28, 0x22) };
    assert.equal(
      refusalOf(() => server.parseInput(search, request)).message,
      'Cannot read the body: it is not UTF-8',
    );
  });

  test('a body of another content type, or of none', () => {
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', '', undefined]) {
      const { code } = refusalOfSearch({ word: 'abc' }, { 'content-type': contentType });
      assert.equal(code, 'unsupportedMediaType', contentType);
    }
  });

  test('a caller that accepts no JSON', () => {
    assert.equal(
      refusalOfSearch({ word: 'abc' }, { accept: 'text/html, image/*;q=0.8' }).code,
      'notAcceptable',
    );
    assert.equal(refusalOfSearch({ word: 'abc' }, { accept: 'application/json;q=0' }).code, 'notAcceptable');
    assert.doesNotThrow(() => searchFor({ word: 'abc' }, { accept: 'text/html, application/*' }));
  });

  test('values nested deeper than any model needs, before the stack runs out', () => {
    const nested = (open: string, close: string, inside = '') =>
      open.repeat(5000) + inside + close.repeat(5000);
    for (const book of [
      nested('{"sequels":[', ']}'),
      nested('{"sequels":[', ']}', '{"readers":12345678901234567890}'),
      `{"notes":${nested('[', ']')}}`,
    ]) {
      const request = jsonRequest('/shelves/a/books/b', `{"book":${book}}`);
      assert.match(
        refusalOf(() => server.parseInput(addBook, request)).message,
        /nested (?:deeper than 128|too deeply)$/,
      );
    }
  });

  test('a label, a query or a header of the wrong form', () => {
    const request = { ...jsonRequest('/shelves/a/books/b', '{}'), query: 'add' };
    const refused = (change: Partial<WireRequest>) =>
      refusalOf(() => server.parseInput(addBook, { ...request, ...change })).path;
    assert.equal(refused({ path: '/shelves/%ff/books/b' }), '/shelf');
    assert.equal(refused({ query: 'add&dry_run=yes' }), '/dryRun');
    assert.equal(refused({ query: 'add&since=2026-02-30T00:00:00Z' }), '/since');
    assert.equal(refused({ query: 'add&%zz' }), '');
    assert.equal(
      refused({ headers: { ...request.headers, 'x-days': 'Mon, 01 Jan 2024 00:00:00 GMT, x' } }),
      '/days/1',
    );
    assert.equal(refused({ headers: { ...request.headers, 'x-marks': '"open' } }), '/marks');
  });

  test('no bytes and no JSON make it throw anything but a WireError', () => {
    const json = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      searchLike.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          json.map((text) => new TextEncoder().encode(text)),
          fc.uint8Array(),
        ),
        (body) => {
          for (const operation of [search, addBook]) {
            try {
              server.parseInput(operation, { ...jsonRequest('/shelves/a/books/b', ''), body });
            } catch (error) {
              if (!(error instanceof WireError)) throw error;
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('no path, query or header makes it throw anything but a WireError', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[%a-f0-9+&=",]*$/));
    fc.assert(
      fc.property(text, text, text, (path, query, header) => {
        const headers = { 'x-days': header, 'x-marks': header, 'content-type': header, accept: header };
        const request = { ...jsonRequest(`/shelves/${path}`, ''), query, headers };
        server.match(request);
        try {
          server.parseInput(addBook, request);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

const searchLike = fc.dictionary(
  fc.constantFrom('book', ...Object.keys(search.input.members)),
  fc.jsonValue(),
);

describe('restJson1 server renders errors', () => {
  const rendered = (error: Parameters<typeof server.renderError>[0], options = {}) =>
    restJson1Server(library, options).renderError(error, metadata);

  test('by the model: status, header, members, and the sentence where the model has it', () => {
    const { status, headers, body } = rendered({
      name: 'NoSuchShelf',
      message: 'No',
      members: { shelf: 'a', x: 1 },
    });
    assert.deepEqual([status, body], [404, '{"shelf":"a","Message":"No"}']);
    assert.deepEqual(headers, {
      'content-type': 'application/json',
      'x-amzn-errortype': 'NoSuchShelf',
      'x-amzn-requestid': 'request-1',
    });
  });

  test('members that are bound to headers travel there, and a message is added where the model has none', () => {
    const { status, headers, body } = rendered({
      name: 'Busy',
      message: 'Wait',
      members: { waitSeconds: 3 },
    });
    assert.deepEqual([status, headers['retry-after'], body], [503, '3', '{"message":"Wait"}']);
  });

  test('the body names the error too, where asked', () => {
    const { body } = rendered({ name: 'Busy', message: 'Wait' }, { errorTypeInBody: true });
    assert.equal(body, '{"__type":"com.example.library#Busy","message":"Wait"}');
  });

  test('one outside the model is answered with its own status and members', () => {
    const { status, body } = rendered({
      name: 'Forbidden',
      message: 'No',
      status: 403,
      members: { hint: ['a'] },
    });
    assert.deepEqual([status, body], [403, '{"hint":["a"],"message":"No"}']);
    const silent = rendered({ name: 'Odd', message: '' });
    assert.deepEqual([silent.status, silent.body], [500, '{}']);
  });

  test('a refusal becomes the error that Smithy servers answer', () => {
    const answer = (body: unknown, headers = {}) => {
      try {
        searchFor(body, headers);
      } catch (error) {
        assert(error instanceof WireError);
        const { name, status, members } = server.errorFor(error);
        return [name, status, members];
      }
      return undefined;
    };
    assert.deepEqual(answer('{'), ['SerializationException', 400, undefined]);
    assert.deepEqual(answer({ word: 'abc' }, { 'content-type': 'a/b' }), [
      'UnsupportedMediaTypeException',
      415,
      undefined,
    ]);
    assert.deepEqual(answer({ word: 'abc' }, { accept: 'a/b' }), ['NotAcceptableException', 406, undefined]);
    const message = "Value at '/word' failed to satisfy constraint: Member must not be null";
    assert.deepEqual(answer({}), ['ValidationException', 400, { fieldList: [{ path: '/word', message }] }]);
  });
});

describe('restJson1 server renders output', () => {
  test('a value that does not fit the model is refused, not sent', () => {
    const refusal = refusalOf(() => server.renderOutput(search, { total: '3' }, metadata));
    assert.deepEqual(refusal, {
      code: 'unwritable',
      path: '/total',
      message: "Cannot write '/total': found a string, expected a whole number",
    });
  });

  test('what the refusal says of our own mistakes is not told to the caller', () => {
    const error = server.errorFor(new WireError('unwritable', "Cannot write '/total'"));
    assert.deepEqual([error.status, error.message], [500, 'Internal failure']);
  });

  test('a header value cannot start another header', () => {
    const output = { location: 'a\r\nset-cookie: b' };
    assert.equal(refusalOf(() => server.renderOutput(addBook, output, metadata)).path, '/location');
  });

  test('an operation without output answers with an empty body and no content type', () => {
    const { headers, body } = server.renderOutput(close, {}, metadata);
    assert.deepEqual([headers, body], [{ 'x-amzn-requestid': 'request-1' }, '']);
  });

  test('absent and null members are left out', () => {
    assert.equal(server.renderOutput(search, { total: null }, metadata).body, '{}');
  });
});

test('whatever a server answers, the client reads it as an error without throwing', () => {
  const client = restJson1Client(library);
  const body = fc.oneof(fc.json(), fc.string(), fc.constant('<html>502</html>'));
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), body, (status, text) => {
      const error = client.parseError(addBook, received({ status, headers: {}, body: text }));
      assert.equal(error.status, status);
      assert.notEqual(error.name, '');
    }),
  );
});
