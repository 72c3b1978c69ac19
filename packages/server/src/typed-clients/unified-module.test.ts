import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { send } from '../http/testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

test('a unified module has a client of each service that its query names, with the options of each', async () => {
  const query = 'docs=full&actions[sts]=GetCallerIdentity&actions[sso]=List*&docs[sso]=none';
  const { status, text } = await send(latchkey, `/v0.4/services/mod.ts?${query}`);
  assert.equal(status, 200);
  assert.match(text, /^import \{ STS as \w+ \} from '\.\/sts\.ts\?docs=full&actions=GetCallerIdentity';$/m);
  assert.match(text, /^import \{ SSO as \w+ \} from '\.\/sso\.ts\?docs=none&actions=List\*';$/m);
  assert.match(text, /^export default class AwsApi extends ApiFactory \{$/m);
  assert.match(text, /^ {2}get sts\(\): /m);
  for (const [, specifier = ''] of text.matchAll(/from '\.\/([^']+)'/g)) {
    assert.equal((await send(latchkey, `/v0.4/services/${specifier}`)).status, 200);
  }
});

for (const extension of ['ts', 'js', 'd.ts']) {
  test(`no text in the query ends the specifier of an import in a unified module (.${extension})`, async () => {
    for (const text of ["'", "';x='", '"', '`', '\\', '\n', '\u2028', '*/', '<!--']) {
      const query = `actions[sts]=GetCallerIdentity,${encodeURIComponent(text)}`;
      const module = await send(latchkey, `/v0.4/services/mod.${extension}?${query}`);
      assert.equal(module.status, 200);
      const code = module.text.replace(/export default class .*/s, '');
      assert.match(
        code,
        /^import [^']*'[^'\\\n\u2028]*';\nimport [^']*'\.\/sts\.[jt]s\?[\w=,%*.`!<-]*';\n/,
        text,
      );
      const specifier = /'\.\/(sts[^']*)'/.exec(code)?.[1] ?? '';
      const imported = await send(latchkey, `/v0.4/services/${specifier}`);
      assert.equal(imported.status, 200);
      assert.equal(imported.text.includes('getCallerIdentity'), true);
    }
  });
}

test('a unified module is served as JavaScript that names its declarations', async () => {
  const { headers, text } = await send(latchkey, '/v0.4/services/mod.js?actions[sts]=*');
  assert.doesNotMatch(text, /: Service/);
  assert.match(text, /from '\.\/sts\.js\?actions=\*'/);
  const types = await send(latchkey, headers.get('x-typescript-types') ?? '');
  assert.match(types.text, /^export default class AwsApi extends ApiFactory \{\n {2}get sts\(\): \w+;$/m);
});

test('a unified module of no service, or of one that does not exist, is answered with what to write', async () => {
  const none = await send(latchkey, '/v0.4/services/mod.ts?docs=full');
  assert.deepEqual([none.status, /actions\[sts\]=/.test(none.text)], [400, true]);
  const unknown = await send(latchkey, '/v0.4/services/mod.ts?actions[stss]=*');
  assert.equal(unknown.status, 404);
  assert.match(unknown.text, /no service "stss"[\s\S]*sts/);
});
