import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../http/testing/api.ts';
import { idsOf, linksOf, readableText, startWithModels } from '../testing/pages.ts';

const latchkey = await startWithModels();
after(() => latchkey.close());

function modelOf(name: string): object {
  const operations = ['Get', 'Put'].map((verb) => `example.many#${verb}${name}`);
  return {
    smithy: '2.0',
    shapes: {
      [`example.many#${name}`]: {
        type: 'service',
        version: '2020-01-01',
        operations: operations.map((target) => ({ target })),
        traits: { 'aws.api#service': { sdkId: name }, 'smithy.api#title': `The ${name}` },
      },
      ...Object.fromEntries(operations.map((id) => [id, { type: 'operation' }])),
    },
  };
}

for (const target of ['/v0.4/docs', '/v0.4/services', '/v0.4/docs/']) {
  test(`${target} lists services with their reference, module, version and number of operations, to anyone`, async () => {
    const { status, text } = await send(latchkey, target, {
      headers: { accept: 'text/html' },
      redirect: 'follow',
    });
    assert.equal(status, 200);
    const links = linksOf(text);
    for (const name of ['sso', 'ssooidc', 'sts', 'weatherreports']) {
      assert.ok(links.includes(`/v0.4/docs/${name}`), name);
      assert.ok(links.includes(`/v0.4/services/${name}`), name);
    }
    const found = readableText(text).replaceAll(/\s+/g, ' ');
    assert.match(found, /SSOOIDC .+? ssooidc\.ts 2019-06-10 · 4\soperations/);
    assert.doesNotMatch(text, /aria-label="Letters"/);
  });
}

test('a long list of services has letters, each of which leads to its services', async () => {
  const names = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}zure`);
  await using many = await startMany(names);
  const { text } = await send(many, '/v0.4/docs', { headers: { accept: 'text/html' } });
  const [letters = ''] = /<nav class="letters".*?<\/nav>/s.exec(text) ?? [];
  const targets = linksOf(letters).map((href) => href.slice(1));
  assert.equal(targets.length, 26);
  for (const target of targets) assert.ok(idsOf(text).includes(target), target);
  assert.match(
    readableText(text).replaceAll(/\s+/g, ' '),
    /Qzure The Qzure qzure\.ts 2020-01-01 · 2\soperations/,
  );
});

async function startMany(names: readonly string[]) {
  const many = await startWithModels(Object.fromEntries(names.map((name) => [name, modelOf(name)])));
  return { ...many, [Symbol.asyncDispose]: () => many.close() };
}
