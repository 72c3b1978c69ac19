import { type Model, parseModel } from '@latchkey/smithy';

/** Model of a library that lends books, with one of everything that the reference describes. */
export function lendingModel(): Model {
  return parseModel({
    smithy: '2.0',
    shapes: {
      'example.lending#Lending': {
        type: 'service',
        version: '2026-01-01',
        operations: [{ target: 'example.lending#LendBook' }, { target: 'example.lending#ListBooks' }],
        traits: {
          'smithy.api#title': 'Lending Library',
          'smithy.api#documentation': '<p>Lends books. See <a>LendBook</a>.</p>',
          'smithy.api#externalDocumentation': {
            Guide: 'https://example.com/guide',
            Trap: 'javascript:alert(1)',
          },
          'aws.api#service': { sdkId: 'Lending' },
          'aws.auth#sigv4': { name: 'lending' },
          'aws.protocols#restJson1': {},
        },
      },
      'example.lending#LendBook': {
        type: 'operation',
        input: { target: 'example.lending#LendBookInput' },
        output: { target: 'example.lending#LendBookOutput' },
        errors: [{ target: 'example.lending#AlreadyLent' }],
        traits: {
          'smithy.api#documentation': '<p>Lends a book. Once.</p>',
          'smithy.api#idempotent': {},
          'smithy.api#deprecated': { message: 'Use the desk.', since: '2026-02-01' },
          'smithy.api#http': { method: 'PUT', uri: '/books/{isbn}/loan', code: 201 },
          'smithy.api#examples': [
            {
              title: 'To lend a book',
              documentation: 'Lends it from <i>now</i> on.',
              input: { isbn: '0', from: '2026-01-01T00:00:00Z', slip: 'signed', genres: ['prose'] },
              output: { due: 1769904000 },
            },
            {
              title: 'To lend it again',
              input: { isbn: '0' },
              error: {
                shapeId: 'example.lending#AlreadyLent',
                content: { message: 'It is out', reader: 'alice' },
              },
            },
          ],
        },
      },
      'example.lending#LendBookInput': {
        type: 'structure',
        members: {
          isbn: {
            target: 'example.lending#Isbn',
            traits: { 'smithy.api#required': {}, 'smithy.api#httpLabel': {} },
          },
          from: {
            target: 'smithy.api#Timestamp',
            traits: {
              'smithy.api#httpHeader': 'x-from',
              'smithy.api#recommended': { reason: 'Clocks differ.' },
            },
          },
          days: {
            target: 'smithy.api#Integer',
            traits: {
              'smithy.api#httpQuery': 'days',
              'smithy.api#default': 14,
              'smithy.api#range': { min: 1, max: 28 },
            },
          },
          genres: { target: 'example.lending#Genres', traits: { 'smithy.api#jsonName': 'Genres' } },
          notes: { target: 'example.lending#Notes' },
          slip: { target: 'smithy.api#Blob', traits: { 'smithy.api#sensitive': {} } },
          token: { target: 'smithy.api#String', traits: { 'smithy.api#idempotencyToken': {} } },
        },
      },
      'example.lending#LendBookOutput': {
        type: 'structure',
        members: { due: { target: 'smithy.api#Timestamp' } },
      },
      'example.lending#AlreadyLent': {
        type: 'structure',
        members: {
          message: { target: 'smithy.api#String' },
          reader: { target: 'smithy.api#String', traits: { 'smithy.api#required': {} } },
        },
        traits: {
          'smithy.api#documentation': '<p>Somebody reads it.</p>',
          'smithy.api#error': 'client',
          'smithy.api#httpError': 409,
          'smithy.api#retryable': { throttling: false },
        },
      },
      'example.lending#ListBooks': {
        type: 'operation',
        input: { target: 'example.lending#ListBooksInput' },
        output: { target: 'example.lending#ListBooksOutput' },
        traits: {
          'smithy.api#readonly': {},
          'smithy.api#http': { method: 'GET', uri: '/books', code: 200 },
          'smithy.api#paginated': { inputToken: 'page', outputToken: 'next', items: 'books' },
          'smithy.waiters#waitable': {
            BooksReturned: {
              documentation: 'Until all are back.',
              acceptors: [
                {
                  state: 'success',
                  matcher: {
                    output: { path: 'books[].state', comparator: 'allStringEquals', expected: 'in' },
                  },
                },
                { state: 'failure', matcher: { errorType: 'AlreadyLent' } },
                { state: 'retry', matcher: { success: true } },
              ],
              minDelay: 5,
            },
          },
        },
      },
      'example.lending#ListBooksInput': {
        type: 'structure',
        members: { page: { target: 'smithy.api#String', traits: { 'smithy.api#httpQuery': 'page' } } },
      },
      'example.lending#ListBooksOutput': {
        type: 'structure',
        members: { next: { target: 'smithy.api#String' }, books: { target: 'example.lending#Books' } },
      },
      'example.lending#Books': { type: 'list', member: { target: 'example.lending#Book' } },
      'example.lending#Book': {
        type: 'structure',
        members: {
          isbn: { target: 'example.lending#Isbn' },
          Genre: { target: 'example.lending#Genre' },
          sequel: { target: 'example.lending#Book' },
          shelf: { target: 'smithy.api#String', traits: { 'smithy.api#httpHeader': 'x-shelf' } },
        },
      },
      'example.lending#Isbn': {
        type: 'string',
        traits: {
          'smithy.api#documentation': '<p>Ten or thirteen digits.</p>',
          'smithy.api#length': { min: 10, max: 13 },
          'smithy.api#pattern': '^[0-9X]+$',
        },
      },
      'example.lending#Genres': {
        type: 'list',
        member: { target: 'example.lending#Genre' },
        traits: { 'smithy.api#uniqueItems': {}, 'smithy.api#length': { max: 1 } },
      },
      'example.lending#Genre': {
        type: 'enum',
        members: {
          PROSE: {
            target: 'smithy.api#Unit',
            traits: { 'smithy.api#enumValue': 'prose', 'smithy.api#documentation': 'Not verse.' },
          },
          VERSE: { target: 'smithy.api#Unit', traits: { 'smithy.api#enumValue': 'verse' } },
        },
      },
      'example.lending#Notes': {
        type: 'map',
        key: { target: 'smithy.api#String', traits: { 'smithy.api#length': { min: 1 } } },
        value: { target: 'smithy.api#String', traits: { 'smithy.api#length': { min: 2, max: 2 } } },
      },
    },
  });
}
