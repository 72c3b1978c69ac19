import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import type { Model } from '@latchkey/smithy';
import { clientModule } from '../client-module/client-module.ts';
import { lendingModel } from '../testing/lending.ts';
import {
  publishedModels,
  readModel,
  readServedModel,
  servedModels,
  skipWithoutPublished,
} from '../testing/served-models.ts';
import type {
  CodeToken,
  OperationReference,
  PropertyReference,
  ReferenceSymbol,
  ServiceReference,
  StructureSymbol,
} from './reference.ts';
import { serviceReference } from './service-reference.ts';

const options = { docs: 'full', runtime: (path: string) => `../client/${path}.ts` } as const;
const lending = referenceOf(lendingModel());

function referenceOf(model: Model): ServiceReference {
  const [service] = model.services;
  assert.ok(service);
  return serviceReference(model, service.id, options);
}

function symbolOf(name: string): ReferenceSymbol {
  const symbol = lending.symbols.find((each) => each.name === name);
  assert.ok(symbol, name);
  return symbol;
}

function structureOf(name: string): StructureSymbol {
  const symbol = symbolOf(name);
  assert.ok('properties' in symbol);
  return symbol;
}

function propertyOf(symbol: string, name: string): PropertyReference {
  const property = structureOf(symbol).properties.find((each) => each.name === name);
  assert.ok(property, name);
  return property;
}

function operationOf(name: string): OperationReference {
  const operation = lending.client.operations.find((each) => each.name === name);
  assert.ok(operation, name);
  return operation;
}

function textOf(tokens: readonly CodeToken[]): string {
  return tokens.map(({ text }) => text).join('');
}

test('a service says what it is, and what it speaks', () => {
  const { title, sdkId, version, protocol, signingName, summary, links } = lending;
  assert.deepEqual(
    { title, sdkId, version, protocol, signingName, summary, links },
    {
      title: 'Lending Library',
      sdkId: 'Lending',
      version: '2026-01-01',
      protocol: 'restJson1',
      signingName: 'lending',
      summary: ['Lends books.'],
      links: [{ title: 'Guide', href: 'https://example.com/guide' }],
    },
  );
});

test('a service says where it is, in each way of calling it', () => {
  assert.deepEqual(
    lending.endpoints.map(({ region, url, way }) => `${way}: ${url} in ${region}`),
    [
      'plain: https://lending.us-east-1.amazonaws.com/ in us-east-1',
      'dual-stack: https://lending.us-east-1.api.aws/ in us-east-1',
      'FIPS: https://lending-fips.us-east-1.amazonaws.com/ in us-east-1',
    ],
  );
});

test('every export of the module is a symbol, of its kind', () => {
  assert.deepEqual(
    lending.symbols.map(({ name, kind }) => `${name}: ${kind}`),
    [
      'AlreadyLent: error class',
      'Book: interface',
      'Genre: enum',
      'LendBookError: error union',
      'LendBookInput: interface',
      'LendBookOutput: interface',
      'Lending: class',
      'ListBooksError: error union',
      'ListBooksInput: interface',
      'ListBooksOutput: interface',
    ],
  );
});

test('the client tells how it is made, and what it has besides its methods', () => {
  assert.deepEqual(
    lending.client.members.map(({ declaration, documentation }) => ({
      declaration: textOf(declaration),
      documentation,
    })),
    [
      {
        declaration: 'static readonly ApiMetadata: ApiMetadata',
        documentation: [{ kind: 'paragraph', content: ['What the runtime has to know of the service.'] }],
      },
      {
        declaration: 'constructor(apiFactory: ApiFactory)',
        documentation: [{ kind: 'paragraph', content: ['Makes a client with the settings of a factory.'] }],
      },
    ],
  );
});

test('a declaration stands as in the module, and names that it mentions are linked', () => {
  const { declaration } = symbolOf('Book');
  assert.equal(
    textOf(declaration),
    'export interface Book {\n  isbn?: string | null;\n  Genre?: Genre | null;\n  sequel?: Book | null;\n  shelf?: string | null;\n}',
  );
  assert.deepEqual(
    declaration.filter(({ symbol }) => symbol !== undefined),
    [{ text: 'Genre', symbol: 'Genre' }],
  );
});

test('what a declaration names of the runtime is told, too', () => {
  const runtime = operationOf('ListBooks').methods.flatMap(({ signature }) =>
    signature.flatMap((token) => token.runtime ?? []),
  );
  assert.deepEqual(runtime, ['CallOptions', 'CallOptions', 'Paginator', 'WaitOptions']);
});

test('a property says its type, and whether it is required', () => {
  assert.deepEqual(
    structureOf('LendBookInput').properties.map(
      ({ name, type, required }) => `${name}${required ? '' : '?'}: ${textOf(type)}`,
    ),
    [
      'isbn: string',
      'from?: Date',
      'days?: number',
      'genres?: readonly Genre[]',
      'notes?: { [key: string]: string }',
      'slip?: BytesInput',
      'token?: string',
    ],
  );
  assert.deepEqual(propertyOf('LendBookInput', 'genres').type, [
    { text: 'readonly ' },
    { text: 'Genre', symbol: 'Genre' },
    { text: '[]' },
  ]);
});

test('a property without documentation has that of its target', () => {
  assert.deepEqual(propertyOf('LendBookInput', 'isbn').summary, ['Ten or thirteen digits.']);
});

test('a property says what its values must fulfil', () => {
  const words = (name: string) =>
    propertyOf('LendBookInput', name).constraints.map(
      (constraint) => `${constraint.of}: ${constraint.words}`,
    );
  assert.deepEqual(words('isbn'), ['value: Has from 10 to 13 characters', 'value: Matches ^[0-9X]+$']);
  assert.deepEqual(words('days'), ['value: Is from 1 to 28']);
  assert.deepEqual(words('genres'), ['value: Has at most 1 item', 'value: Has no item twice']);
  assert.deepEqual(words('notes'), ['keys: Has at least 1 character', 'values: Has exactly 2 characters']);
});

test('a property says where it travels', () => {
  const travels = structureOf('LendBookInput').properties.map((each) => each.travels);
  assert.deepEqual(travels.slice(0, 4), [
    { in: 'path', name: 'isbn' },
    { in: 'header', name: 'x-from' },
    { in: 'query', name: 'days' },
    { in: 'body', name: 'Genres' },
  ]);
});

test('members of what is inside a message are in its body', () => {
  assert.deepEqual(propertyOf('Book', 'shelf').travels, { in: 'body', name: 'shelf' });
});

test('where everything is a form, a member has the name that it has there', () => {
  const { symbols } = serviceReference(
    readServedModel('sts'),
    'com.amazonaws.sts#AWSSecurityTokenServiceV20110615',
    options,
  );
  for (const symbol of symbols) {
    if (!('properties' in symbol)) continue;
    for (const { name, travels } of symbol.properties) assert.deepEqual(travels, { in: 'body', name });
  }
});

test('a property says what else its model does', () => {
  assert.deepEqual(propertyOf('LendBookInput', 'from').recommended, { reason: 'Clocks differ.' });
  assert.equal(propertyOf('LendBookInput', 'days').default, 14);
  assert.equal(propertyOf('LendBookInput', 'slip').sensitive, true);
  assert.equal(propertyOf('LendBookInput', 'token').idempotencyToken, true);
});

test('a symbol that its model does not document says what it is for', () => {
  assert.deepEqual(structureOf('LendBookInput').summary, [
    'The input of ',
    { kind: 'code', content: ['lendBook'] },
    '.',
  ]);
});

test('an enum tells its values, each with its documentation', () => {
  const symbol = symbolOf('Genre');
  assert.ok(symbol.kind === 'enum');
  assert.deepEqual(
    symbol.values.map(({ name, value, summary }) => ({ name, value, summary })),
    [
      { name: 'PROSE', value: 'prose', summary: ['Not verse.'] },
      { name: 'VERSE', value: 'verse', summary: [] },
    ],
  );
});

test('a symbol tells what refers to it', () => {
  assert.deepEqual(symbolOf('Genre').usedBy, [
    { as: 'property', symbol: 'Book', member: 'Genre', required: false },
    { as: 'property', symbol: 'LendBookInput', member: 'genres', required: false },
  ]);
  assert.deepEqual(symbolOf('LendBookInput').usedBy, [
    { as: 'input', symbol: 'Lending', member: 'lendBook', required: false },
  ]);
  assert.deepEqual(symbolOf('AlreadyLent').usedBy, [
    { as: 'error', symbol: 'Lending', member: 'lendBook', required: false },
  ]);
});

test('an event stream tells its events apart from the errors that end it', {
  skip: skipWithoutPublished,
}, () => {
  const [file = ''] = globSync('kinesis/service/*/*.json', { cwd: publishedModels });
  const { symbols } = referenceOf(readModel(new URL(file, publishedModels)));
  const stream = symbols.find(({ name }) => name === 'SubscribeToShardEventStream');
  assert.ok(stream && 'properties' in stream);
  assert.deepEqual(
    stream.properties.map(({ name }) => name),
    ['SubscribeToShardEvent'],
  );
  assert.ok(stream.throws.includes('ResourceNotFoundException'));
});

test('an operation says how it is called, and what that does', () => {
  const { http, auth, readonly, idempotent, deprecated, input, output, methods } = operationOf('LendBook');
  assert.deepEqual(
    { http, auth, readonly, idempotent, deprecated, input, output },
    {
      http: { method: 'PUT', uri: '/books/{isbn}/loan', code: 201 },
      auth: ['sigv4'],
      readonly: false,
      idempotent: true,
      deprecated: { message: 'Use the desk.', since: '2026-02-01' },
      input: 'LendBookInput',
      output: 'LendBookOutput',
    },
  );
  assert.deepEqual(
    methods.map(({ signature }) => textOf(signature)),
    ['lendBook(params: LendBookInput, opts?: CallOptions): Promise<LendBookOutput>'],
  );
});

test('an operation tells its errors, whom they blame, and whether to call again', () => {
  assert.deepEqual(operationOf('LendBook').errors, [
    {
      symbol: 'AlreadyLent',
      name: 'AlreadyLent',
      summary: ['Somebody reads it.'],
      fault: 'client',
      status: 409,
      retried: 'transient',
    },
  ]);
});

test('an operation has its pages and what it can wait for', () => {
  const { methods, pages, waiters } = operationOf('ListBooks');
  assert.deepEqual(
    methods.map(({ name, purpose }) => `${name}: ${purpose}`),
    ['listBooks: call', 'paginateListBooks: pages', 'waitForBooksReturned: wait'],
  );
  assert.deepEqual(methods[1]?.documentation, [
    {
      kind: 'paragraph',
      content: [
        'Goes through the pages of ',
        { kind: 'code', content: ['listBooks'] },
        ', one call after the other; ',
        { kind: 'code', content: ['items()'] },
        ' gives what is on them.',
      ],
    },
  ]);
  assert.deepEqual(pages, { inputToken: 'page', outputToken: 'next', items: 'books' });
  assert.deepEqual(waiters, [
    {
      name: 'BooksReturned',
      method: 'waitForBooksReturned',
      documentation: [{ kind: 'paragraph', content: ['Until all are back.'] }],
      minDelay: 5,
      maxDelay: 120,
      acceptors: [
        { state: 'success', words: 'each of books[].state is "in"' },
        { state: 'failure', words: 'the call fails with AlreadyLent' },
        { state: 'retry', words: 'the call succeeds' },
      ],
    },
  ]);
});

test('an example is a call in TypeScript, and what comes of it', () => {
  assert.deepEqual(operationOf('LendBook').examples, [
    {
      title: 'To lend a book',
      documentation: [
        {
          kind: 'paragraph',
          content: ['Lends it from ', { kind: 'emphasis', content: ['now'] }, ' on.'],
        },
      ],
      call: `const output = await client.lendBook({
  isbn: '0',
  from: new Date('2026-01-01T00:00:00Z'),
  slip: new TextEncoder().encode('signed'),
  genres: ['prose'],
});`,
      output: "{ due: new Date('2026-02-01T00:00:00Z') }",
    },
    {
      title: 'To lend it again',
      documentation: [],
      call: "await client.lendBook({ isbn: '0' });",
      error: { symbol: 'AlreadyLent', members: "{ message: 'It is out', reader: 'alice' }" },
    },
  ]);
});

for (const model of [lendingModel(), ...servedModels.map(readServedModel)]) {
  test(`the reference of ${model.services[0]?.id} has what its module exports, where it has it`, () => {
    assertHasAll(model);
  });
}

const published =
  'dynamodb iam s3 sqs ec2-instance-connect kinesis transcribe-streaming lex-runtime-v2'.split(' ');

for (const service of published) {
  test(`the reference of AWS's ${service} has what its module exports`, {
    skip: skipWithoutPublished,
  }, () => {
    const files = globSync(`${service}/service/*/*.json`, { cwd: publishedModels });
    assert.ok(files.length > 0);
    for (const file of files) assertHasAll(readModel(new URL(file, publishedModels)));
  });
}

function assertHasAll(model: Model): void {
  const [service] = model.services;
  assert.ok(service);
  const module = clientModule(model, service.id, options).typescript;
  const { client, symbols } = serviceReference(model, service.id, options);

  const exported = [...module.matchAll(/^export (?:class|interface|type) ([\w$]+)/gm)].map(
    ([, name]) => name,
  );
  assert.deepEqual(symbols.map(({ name }) => name).toSorted(), exported.toSorted());

  const lines = module.split('\n');
  const assertAt = (line: number, name: string) => assert.ok(lines[line - 1]?.includes(name), name);
  for (const symbol of symbols) {
    assertAt(symbol.line, symbol.name);
    if ('values' in symbol) for (const { line, value } of symbol.values) assertAt(line, String(value));
    if (symbol.kind === 'interface' || symbol.kind === 'union') {
      for (const { line, name } of symbol.properties) assertAt(line, name);
    }
  }
  const methods = client.operations.flatMap((operation) => operation.methods);
  for (const { line, name } of methods) assertAt(line, `${name}(`);
}
