import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerTo } from './stub-answers.ts';

test('each call is answered by its own service', () => {
  const service = (head: string) => /^content-type: (.+)\r$/m.exec(answerTo(head).toString('latin1'))?.[1];
  assert.equal(service('POST /token HTTP/1.1\r\nhost: a'), 'application/json');
  assert.equal(
    service('POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.GetItem'),
    'application/x-amz-json-1.0',
  );
  assert.equal(service('GET /photos/2026/cat.jpg?x-id=GetObject HTTP/1.1'), 'image/jpeg');
  assert.equal(service('POST / HTTP/1.1\r\nhost: a'), 'text/xml');
});

test('an answer is as long as it says', () => {
  const text = answerTo('GET / HTTP/1.1').toString('latin1');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  assert.equal(Number(/^content-length: (\d+)\r$/m.exec(head)?.[1]), body.length);
});
