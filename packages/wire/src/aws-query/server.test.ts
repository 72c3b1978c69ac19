import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { formRequest } from '../fixtures/messages.ts';
import { postOffice, send } from '../fixtures/post-office.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { WireRequest } from '../http.ts';
import { awsQueryServer } from './server.ts';

const server = awsQueryServer(postOffice);
const metadata = { requestId: 'request-1' };
const version = 'Version=2026-01-01';
const read = (form: string) => server.parseInput(send, formRequest(form));

describe('awsQuery server finds the operation', () => {
  const matched = (request: WireRequest) => server.match(request)?.name;

  test('by Action in the form or, of a GET, in the query', () => {
    assert.equal(matched(formRequest(`Action=Send&${version}&To=a`)), 'Send');
    assert.equal(matched(formRequest(`To=a&${version}&Action=Ping`)), 'Ping');
    const query = `Action=Send&${version}`;
    assert.equal(matched({ ...formRequest(''), method: 'GET', headers: {}, query }), 'Send');
  });

  test('whose name or version is percent-encoded, though it need not be', () => {
    assert.equal(matched(formRequest('Action=S%65nd&Version=2026%2D01%2D01')), 'Send');
    assert.equal(matched(formRequest('Action=Send&Version=2020%2D01%2D01')), undefined);
    assert.equal(matched(formRequest('Action=Send%')), undefined);
  });

  test('unless the version is another one', () => {
    assert.equal(matched(formRequest('Action=Send&Version=2020-01-01')), undefined);
    assert.equal(matched(formRequest('Action=Send')), 'Send');
  });

  test('and none for an unknown action, a missing one, or a body that is no form', () => {
    for (const form of [
      'Action=Nothing',
      'Action=constructor',
      'Action=__proto__',
      'Action=',
      '',
      'XAction=Send',
    ]) {
      assert.equal(matched(formRequest(form)), undefined, form);
    }
    assert.equal(matched(formRequest('Action=Send', { 'content-type': 'application/json' })), undefined);
  });
});

describe('awsQuery server reads a form', () => {
  test('with members, structures, lists and maps in each of their forms', () => {
    const form = [
      'Action=Send',
      'To=some+one%20else',
      'Items.member.1.Name=ab&Items.member.1.Weight=3&Items.member.2.Name=cd',
      'Items.member.2.Parts.member.1.Name=ef',
      'Stamp.2=b&Stamp.1=a',
      'Named.n.1=x',
      'Tags.entry.1.key=k&Tags.entry.1.value=v',
      'Marks.1.K=m&Marks.1.V.Name=gh',
      'At=2026-01-02T03%3A04%3A05Z',
      'Photo=AQI%3D',
      'Express=true',
      'Way.Air=fast',
      'Unknown=ignored',
    ];
    assert.deepEqual(read(form.join('&')), {
      To: 'some one else',
      Items: [
        { Name: 'ab', Weight: 3 },
        { Name: 'cd', Parts: [{ Name: 'ef' }] },
      ],
      Stamps: ['a', 'b'],
      Named: ['x'],
      Tags: { k: 'v' },
      Marks: { m: { Name: 'gh' } },
      At: new Date('2026-01-02T03:04:05Z'),
      Photo: Uint8Array.of(1, 2),
      Express: true,
      Way: { Air: 'fast' },
    });
  });

  test('in which the body wins over the query, and the last of a repeated name', () => {
    assert.deepEqual(server.parseInput(send, { ...formRequest('To=b&To=c'), query: 'To=a&Express=false' }), {
      To: 'c',
      Express: false,
    });
  });

  test('in which a name without items is an empty list', () => {
    assert.deepEqual(read('To=a&Items='), { To: 'a', Items: [] });
  });

  test('in which a map may have a key __proto__', () => {
    const tags = read('To=a&Tags.entry.1.key=__proto__&Tags.entry.1.value=v')['Tags'] as object;
    assert.deepEqual(Object.entries(tags), [['__proto__', 'v']]);
  });

  for (const [form, code, message] of [
    ['To=%ff', 'malformed', "Cannot read '/': found an escape that is not percent-encoded UTF-8"],
    [
      'To=a&Items.member.x.Name=ab',
      'malformed',
      "Cannot read '/Items': found an item that is not numbered from 1",
    ],
    ['To=a&Items.member.1.Weight=x', 'malformed', "Cannot read '/Items/0/Weight': expected a whole number"],
    ['To.x=a', 'malformed', "Cannot read '/To': expected a value"],
    ['To=a&Tags.entry.1.key=k', 'malformed', "Cannot read '/Tags': found an entry without its key or value"],
    [
      'To=a&Way.Air=x&Way.Sea=y',
      'malformed',
      "Cannot read '/Way': found 2 members in a union, expected exactly one",
    ],
    [
      'Express=true',
      'validation',
      "1 validation error detected. Value at '/To' failed to satisfy constraint: Member must not be null",
    ],
  ] as const) {
    test(`and refuses ${form}`, () => {
      const refusal = refusalOf(() => read(form));
      assert.deepEqual([refusal.code, refusal.message], [code, message]);
    });
  }

  test('and refuses a body of another content type or that is not UTF-8', () => {
    const other = formRequest('To=a', { 'content-type': 'application/json' });
    assert.equal(refusalOf(() => server.parseInput(send, other)).code, 'unsupportedMediaType');
    const bytes = { ...formRequest(''), body: Uint8Array.of(0xff) };
    assert.equal(refusalOf(() => server.parseInput(send, bytes)).code, 'malformed');
  });

  test('and refuses structures nested without end, before the stack runs out', () => {
    const deep = `To=a&Items.member.1${'.Parts.member.1'.repeat(20_000)}.Name=ab`;
    assert.match(refusalOf(() => read(deep)).message, /found a name of more than 256 steps$/);
  });

  test('and throws nothing but a WireError, whatever the form', () => {
    const step = fc.constantFrom(
      ...Object.keys(send.input.members),
      'Stamp',
      'member',
      'entry',
      'key',
      'value',
      '1',
      '0',
      'x',
      'Name',
    );
    const name = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join('.'));
    const pair = fc.tuple(name, fc.oneof(fc.string(), fc.constantFrom('1', 'true', '%ff', '%41')));
    const form = fc.array(pair.map(([key, value]) => `${key}=${value}`)).map((pairs) => pairs.join('&'));
    fc.assert(
      fc.property(fc.oneof(form, fc.string({ unit: 'binary' })), (text) => {
        const request = formRequest(text);
        server.match(request);
        try {
          server.parseInput(send, request);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('awsQuery server renders', () => {
  const xmlns = 'xmlns="https://library.example.com/doc/"';

  test('a result inside a response', () => {
    const output = {
      Items: [{ Name: 'a<b', Weight: 1, Parts: [] }],
      Stamps: ['x', 'y'],
      Tags: { k: 'v' },
      At: new Date('2026-01-02T03:04:05Z'),
      Note: '',
    };
    const { status, headers, body } = server.renderOutput(send, output, metadata);
    assert.equal(status, 200);
    assert.deepEqual(headers, { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1' });
    assert.equal(
      body,
      `<SendResponse ${xmlns}><SendResult>` +
        '<Items><member><Name>a&lt;b</Name><Weight>1</Weight><Parts></Parts></member></Items>' +
        '<Stamp>x</Stamp><Stamp>y</Stamp><Tags><entry><key>k</key><value>v</value></entry></Tags>' +
        '<At>2026-01-02T03:04:05Z</At><Note></Note></SendResult>' +
        '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></SendResponse>',
    );
  });

  test('no result for an operation without output', () => {
    const operation = postOffice.operations['Ping'] ?? assert.fail();
    assert.equal(
      server.renderOutput(operation, {}, metadata).body,
      `<PingResponse ${xmlns}><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></PingResponse>`,
    );
  });

  test('an error by the code and status that the query protocol has for it', () => {
    const error = { name: 'TooHeavyException', message: '5 > 3', members: { message: 'x', Limit: 3 } };
    const { status, body } = server.renderError(error, metadata);
    assert.equal(status, 413);
    assert.equal(
      body,
      `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>TooHeavy</Code><Message>5 &gt; 3</Message>` +
        '<Limit>3</Limit></Error><RequestId>request-1</RequestId></ErrorResponse>',
    );
  });

  test('an error outside the model by its own name and status', () => {
    const { status, body } = server.renderError(
      { name: 'InternalFailure', message: 'Sorry', status: 500 },
      metadata,
    );
    assert.equal(status, 500);
    assert.match(
      String(body),
      /<Type>Receiver<\/Type><Code>InternalFailure<\/Code><Message>Sorry<\/Message><\/Error>/,
    );
  });

  test('a refusal as the common errors of query APIs', () => {
    const errorFor = (form: string) => {
      try {
        read(form);
      } catch (error) {
        assert(error instanceof WireError);
        return server.errorFor(error);
      }
      return undefined;
    };
    assert.equal(errorFor('Express=x')?.name, 'MalformedInput');
    assert.deepEqual(errorFor('Express=true'), {
      name: 'ValidationError',
      status: 400,
      message:
        "1 validation error detected. Value at '/To' failed to satisfy constraint: Member must not be null",
    });
  });

  test('nothing of a value that does not fit the model', () => {
    const refusal = refusalOf(() => server.renderOutput(send, { Items: [{ Weight: 'x' }] }, metadata));
    assert.deepEqual([refusal.code, refusal.path], ['unwritable', '/Items/0/Weight']);
  });
});
