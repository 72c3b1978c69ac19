import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { archive, locate, replace, store } from '../fixtures/archive.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { OperationSchema } from '../schema.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { restXmlClient } from './client.ts';

const client = wholeClient(restXmlClient(archive));
const answer = (body: string, status = 200, headers = {}) => received({ status, headers, body });
const etagMember = { target: { type: 'string' }, traits: { httpHeader: 'ETag' } } as const;
const bodyOf = (operation: OperationSchema, input: object) =>
  decodeUtf8(client.renderInput(operation, input).body);

describe('restXml client writes a request', () => {
  test('with a document in the namespace of the service, and the rest where the model binds it', () => {
    const { method, path, query, headers, body } = client.renderInput(store, {
      shelf: 'a/b',
      dryRun: true,
      reader: 'alice',
      record: {
        id: 'r1',
        language: 'a\n"<\'',
        title: 'A <b> & "c"',
        isOpen: false,
        storedAt: new Date('2026-01-02T03:04:05.678Z'),
        readAt: new Date('2026-01-02T03:04:05Z'),
        soldAt: new Date(1500),
        authors: ['x', ''],
        marks: ['m', 'n'],
        grid: [['1'], []],
        tags: { k: 'v' },
        notes: { n: ['o'] },
        place: { boxes: ['p', 'q'] },
      },
      related: {},
    });
    assert.equal(`${method} ${path}?${query}`, 'PUT /records/a%2Fb?dry-run=true');
    assert.deepEqual(headers, { 'x-reader': 'alice', 'content-type': 'application/xml' });
    const record = [
      '<record id="r1" xsi:lang="a&#10;&quot;&lt;\'">',
      '<Heading>A &lt;b&gt; &amp; &quot;c&quot;</Heading>',
      '<isOpen>false</isOpen>',
      '<storedAt>2026-01-02T03:04:05.678Z</storedAt>',
      '<readAt>Fri, 02 Jan 2026 03:04:05 GMT</readAt>',
      '<soldAt>1.5</soldAt>',
      '<authors><author>x</author><author></author></authors>',
      '<mark>m</mark><mark>n</mark>',
      '<grid><member><member>1</member></member><member></member></grid>',
      '<tags><entry><key>k</key><value>v</value></entry></tags>',
      '<note><K>n</K><V><member>o</member></V></note>',
      '<place><box>p</box><box>q</box></place>',
      '</record><related xmlns:r="urn:related"></related>',
    ].join('');
    assert.equal(
      decodeUtf8(body),
      `<StoreInput xmlns="https://library.example.com/doc/">${record}</StoreInput>`,
    );
  });

  test('whose payload is named by its member', () => {
    const body = bodyOf(replace, { record: { title: 'T' } });
    const namespace = 'xmlns="https://library.example.com/doc/"';
    assert.equal(body, `<Replacement ${namespace}><Heading>T</Heading></Replacement>`);
  });

  test('without a body where nothing goes there', () => {
    const { headers, body } = client.renderInput(locate, {});
    assert.deepEqual({ headers, body }, { headers: {}, body: new Uint8Array() });
  });

  test('and refuses what XML cannot hold, rather than to send something else', () => {
    assert.deepEqual(
      refusalOf(() => bodyOf(replace, { record: { tags: { key: 'a\x01' } } })),
      {
        code: 'unwritable',
        path: '/record/tags/key',
        message: "Cannot write '/record/tags/key': found a character that XML cannot hold",
      },
    );
  });

  test('and refuses a union that has not exactly one member', () => {
    const place = { shelf: 'a', boxes: ['b'] };
    const { message } = refusalOf(() => bodyOf(replace, { record: { place } }));
    assert.equal(message, "Cannot write '/record/place': found 2 members in a union, expected exactly one");
  });
});

describe('restXml client reads an answer', () => {
  test('of any prefix and order, and passes over what it does not know', () => {
    const body = `<?xml version="1.0"?>
      <x:StoreResult xmlns:x="urn:x">
        <x:new>1</x:new>
        <x:record pages=" 7 ">
          <x:mark>m</x:mark><x:size> 12 </x:size><x:mark>n</x:mark>
          <x:storedAt>2026-01-02T04:04:05+01:00</x:storedAt>
          <x:Heading> a <!-- b --><![CDATA[<c>]]></x:Heading>
        </x:record>
      </x:StoreResult>`;
    assert.deepEqual(client.parseOutput(store, answer(body, 200, { etag: 'e' })), {
      etag: 'e',
      record: {
        pages: 7,
        marks: ['m', 'n'],
        size: 12,
        storedAt: new Date('2026-01-02T03:04:05Z'),
        title: ' a <c>',
      },
    });
  });

  test('with a member of a union that is newer than the model', () => {
    const body = '<StoreResult><record><place><cellar>3</cellar></place></record></StoreResult>';
    const { record } = client.parseOutput(store, answer(body)) as { record: { place: object } };
    const cellar = { name: 'cellar', attributes: new Map(), children: [], text: '3' };
    assert.deepEqual(record.place, { $unknown: ['cellar', cellar] });
  });

  test('with empty elements, which only strings, blobs and lists can be', () => {
    const body =
      '<StoreResult><record><size/><isOpen> </isOpen><storedAt/><Heading/><scan/><authors/></record></StoreResult>';
    assert.deepEqual(client.parseOutput(store, answer(body)), {
      record: { title: '', scan: new Uint8Array(), authors: [] },
    });
  });

  test('and refuses one without a body where the payload is a document', () => {
    assert.deepEqual(client.parseOutput(replace, answer('<Record></Record>')), { record: {} });
    const { code, path } = refusalOf(() => client.parseOutput(replace, answer('')));
    assert.deepEqual({ code, path }, { code: 'malformed', path: '/record' });
  });

  test('after the spaces that a service sends while it takes its time', () => {
    const body =
      '\n  <?xml version="1.0"?>\n<StoreResult><record><Heading>T</Heading></record></StoreResult>';
    assert.deepEqual(client.parseOutput(store, answer(body)), { record: { title: 'T' } });
  });

  test('whose root is named after its shape or operation, where the shape has another name for it', () => {
    const named: OperationSchema = {
      ...store,
      output: {
        type: 'structure',
        name: 'ListPartsOutput',
        members: { Bucket: { target: { type: 'string' } } },
        traits: { xmlName: 'ListPartsResult' },
      },
    };
    for (const root of ['ListPartsResult', 'ListPartsOutput', 'ListPartsResponse'])
      assert.deepEqual(client.parseOutput(named, answer(`<${root}><Bucket>b</Bucket></${root}>`)), {
        Bucket: 'b',
      });
  });

  test('and refuses one without a body where the output has a document', () => {
    for (const operation of [store, locate]) {
      const { code, message } = refusalOf(() => client.parseOutput(operation, answer('')));
      assert.equal(code, 'malformed');
      assert.match(message, /expected an element '\w+', found an empty body/);
    }
  });

  test('and refuses the answer of another operation, and the page of a proxy', () => {
    const strangers = [
      '<LocateResult><Place>a</Place></LocateResult>',
      '<html><body/></html>',
      '<Error/>',
      'ok',
      '{}',
    ];
    for (const operation of [store, locate])
      for (const body of strangers)
        assert.equal(refusalOf(() => client.parseOutput(operation, answer(body))).code, 'malformed', body);
  });

  test('and refuses a body that is none of its own where no member travels in the body', () => {
    const silent: OperationSchema = {
      ...store,
      output: { type: 'structure', name: 'SilentResult', members: { etag: etagMember } },
    };
    const read = (body: string) => client.parseOutput(silent, answer(body, 200, { etag: 'e' }));
    for (const body of ['', '<SilentResult/>', '<s:SilentResult xmlns:s="urn:x"> </s:SilentResult>'])
      assert.deepEqual(read(body), { etag: 'e' });
    for (const body of ['<html/>', '<StoreResult/>', 'ok', '<SilentResult>'])
      assert.equal(refusalOf(() => read(body)).code, 'malformed', body);
  });

  test('whose root is the only member', () => {
    assert.deepEqual(client.parseOutput(locate, answer('<Place xmlns="urn:x">attic</Place>')), {
      Place: 'attic',
    });
    assert.deepEqual(client.parseOutput(locate, answer('<Place/>')), {});
  });

  test('and says where it does not fit the model', () => {
    const body =
      '<StoreResult><record><parts><member/><member><size>big</size></member></parts></record></StoreResult>';
    assert.deepEqual(
      refusalOf(() => client.parseOutput(store, answer(body))),
      {
        code: 'malformed',
        path: '/record/parts/1/size',
        message: "Cannot read '/record/parts/1/size': expected a whole number",
      },
    );
  });
});

describe('restXml client reads an error', () => {
  const errorOf = (body: string, status = 409, headers = {}) => {
    const { name, message, modeled, members, requestId } = client.parseError(
      store,
      answer(body, status, headers),
    );
    return { name, message, modeled, members, requestId };
  };

  test('that the model has, with members from the document and from headers', () => {
    const error =
      '<Error><Code>Misplaced</Code><Message>Gone</Message><nearby><member>C</member></nearby></Error>';
    const expected = {
      name: 'Misplaced',
      message: 'Gone',
      modeled: true,
      members: { message: 'Gone', shelf: 'B', nearby: ['C'] },
      requestId: '1',
    };
    const headers = { 'x-shelf': 'B' };
    const wrapped = `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
    assert.deepEqual(errorOf(wrapped, 409, headers), expected);
    const bare = error.replace('</Error>', '<RequestId>1</RequestId></Error>');
    assert.deepEqual(errorOf(bare, 409, headers), expected);
  });

  test('that the model does not have, by its own name', () => {
    const body = '<Error><Code>SlowDown</Code><Message>Later</Message></Error>';
    const headers = { 'x-amz-request-id': '2' };
    assert.deepEqual(errorOf(body, 503, headers), {
      name: 'SlowDown',
      message: 'Later',
      modeled: false,
      members: {},
      requestId: '2',
    });
  });

  test('that has no body, as the answer to a HEAD', () => {
    assert.equal(errorOf('', 404).name, 'NotFound');
    assert.equal(errorOf('', 403).name, 'Unknown');
  });

  test('that is a document of its own, as some of Route 53 are', () => {
    const body = `<?xml version="1.0"?>
      <Misplaced xmlns="urn:x"><Messages><Message>Gone</Message></Messages><nearby><member>C</member></nearby><RequestId>3</RequestId></Misplaced>`;
    assert.deepEqual(errorOf(body), {
      name: 'Misplaced',
      message: 'Gone',
      modeled: true,
      members: { message: 'Gone', nearby: ['C'] },
      requestId: '3',
    });
  });

  test('that is no XML, or whose members do not fit the model', () => {
    assert.equal(errorOf('<html>Bad gateway', 502).name, 'Unknown');
    const body = '<Error><Code>Misplaced</Code><Message>Gone</Message></Error>';
    assert.equal(errorOf(`${body}?`).name, 'Unknown');
  });
});
