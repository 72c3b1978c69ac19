import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { clientModule } from './client-module.ts';

const runtime = (path: string) => path;
const http = (uri: string) => ({ 'smithy.api#http': { method: 'POST', uri, code: 200 } });

/** A service whose `Talk` streams events, and whose `Ask` does not, over what its protocol's trait says. */
function make(versions: object) {
  const shapes = {
    'a#Talks': {
      type: 'service',
      version: '1',
      operations: [{ target: 'a#Talk' }, { target: 'a#Ask' }],
      traits: { 'aws.protocols#restJson1': versions },
    },
    'a#Talk': { type: 'operation', output: { target: 'a#TalkOutput' }, traits: http('/talk') },
    'a#TalkOutput': {
      type: 'structure',
      members: { words: { target: 'a#Words', traits: { 'smithy.api#httpPayload': {} } } },
    },
    'a#Words': {
      type: 'union',
      members: { word: { target: 'a#Word' } },
      traits: { 'smithy.api#streaming': {} },
    },
    'a#Word': { type: 'structure', members: {} },
    'a#Ask': { type: 'operation', traits: http('/ask') },
  };
  const { typescript } = clientModule(parseModel({ smithy: '2.0', shapes }), 'a#Talks', {
    docs: 'none',
    runtime,
  });
  const needsHttp2 = (constant: string) =>
    typescript
      .slice(typescript.indexOf(`const ${constant}: Operation`))
      .split('};')[0]
      ?.includes('http2: true');
  return { typescript, talk: needsHttp2('talk'), ask: needsHttp2('ask') };
}

const imported = /^import \{ http2 \} from 'http2';$/m;

test('an operation with events needs HTTP/2 where its protocol says so, and brings it along', () => {
  const { typescript, talk, ask } = make({ http: ['http/1.1', 'h2'], eventStreamHttp: ['h2'] });
  assert.deepEqual({ talk, ask }, { talk: true, ask: false });
  assert.match(typescript, imported);
  assert.match(typescript, /^ {4}http2,$/m);
});

test('what a protocol says of all operations holds for events, too', () => {
  const { talk, ask } = make({ http: ['h2'] });
  assert.deepEqual({ talk, ask }, { talk: true, ask: true });
});

for (const versions of [
  {},
  { http: [] },
  { http: ['h2', 'http/1.1'] },
  { eventStreamHttp: ['h2', 'http/1.1'] },
]) {
  test(`a module does without HTTP/2 where its protocol says ${JSON.stringify(versions)}`, () => {
    const { typescript, talk, ask } = make(versions);
    assert.deepEqual({ talk, ask }, { talk: false, ask: false });
    assert.doesNotMatch(typescript, imported);
  });
}

test('versions that are none are refused by name', () => {
  assert.throws(() => make({ eventStreamHttp: 'h2' }), {
    name: 'ModelError',
    message: /^Invalid shape "a#Talks": eventStreamHttp of trait aws\.protocols#restJson1:/,
  });
});
