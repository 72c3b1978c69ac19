import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { textOf } from '@latchkey/codegen';
import { runtimeSymbols } from '../../../generated/runtime-reference.ts';
import { send } from '../../../http/testing/api.ts';
import { runtimeFolders } from '../../package-files.ts';
import { summaryOf } from '../../runtime-reference/describe-comment.ts';
import { linksOf, readableText, startWithModels } from '../../testing/pages.ts';

const latchkey = await startWithModels();
after(() => latchkey.close());

async function open(target: string) {
  const { headers, status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
  return {
    status,
    html: text,
    text: readableText(text).replaceAll(/\s+/g, ' '),
    location: headers.get('location'),
  };
}

function assertHas(text: string, ...parts: readonly string[]): void {
  for (const part of parts) assert.ok(text.includes(part), `${part}\nin\n${text}`);
}

describe('the reference of the runtime', () => {
  test('every name that mod.ts and credentials.ts of the runtime export has a page', async () => {
    for (const file of ['mod.ts', 'credentials.ts', 'presign.ts', 'extras/s3-upload.ts']) {
      const source = await readFile(new URL(file, runtimeFolders.client), 'utf8');
      const lists = Array.from(source.matchAll(/^export (?:type )?\{([^}]*)\}/gm), ([, names = '']) => names);
      const listed = lists
        .join(',')
        .split(',')
        .map((name) => name.trim().replace(/^.* as /, ''));
      const declared = Array.from(
        source.matchAll(/^export (?:async )?(?:class|const|function|interface|type) (\w+)/gm),
        ([, name = '']) => name,
      );
      const entry = `client/${file.replace('.ts', '')}`;
      const names = [...listed, ...declared].filter((name) => name !== '').toSorted();
      const known = runtimeSymbols.filter(({ entries }) => entries.includes(entry)).map(({ name }) => name);
      assert.ok(names.length > 1);
      assert.deepEqual(known.toSorted(), names);
    }
  });

  test('every export of the runtime, and every type that these have, has documentation with a first sentence', () => {
    const silent = runtimeSymbols.filter(({ comment }) => textOf(summaryOf(comment)).trim().length < 10);
    assert.deepEqual(
      silent.map(({ name, source }) => `${source.file}:${source.line} ${name}`),
      [],
    );
  });

  test('the overview has how to begin, and a line for each export with a link to its page', async () => {
    const { html, text } = await open('/v0.4/docs/client');
    assertHas(
      text,
      `import { ApiFactory } from "${latchkey.url}/v0.4/client/mod.ts";`,
      'Options of one call.',
    );
    for (const { id } of runtimeSymbols) assert.ok(linksOf(html).includes(`/v0.4/docs/client/${id}`), id);
  });

  test('the page of a class has import statement, example, declaration, constructor, and methods with their errors', async () => {
    const { html, text } = await open('/v0.4/docs/client/ApiFactory');
    assertHas(
      text,
      'Class of the runtime',
      `import { ApiFactory } from "${latchkey.url}/v0.4/client/mod.ts";`,
      'const dynamodb = factory.makeNew(DynamoDB);',
      'class ApiFactory extends CoreApiFactory {',
      'constructor(options: ApiFactoryOptions = {});',
      'makeNew<Api>(api: new (factory: CoreApiFactory) => Api): Api;',
      'Throws ClientError noRegion; badConfiguration where',
    );
    assert.doesNotMatch(text, /#transport|#settings|#shared/);
    const links = linksOf(html);
    assertHas(
      links.join(' '),
      '/v0.4/docs/client/ApiFactoryOptions',
      '/v0.4/docs/client/ClientError',
      '#makeNew',
    );
    assert.ok(links.some((link) => /^\/v0\.4\/client\/api-factory\.ts#L\d+$/.test(link)));
  });

  test('the page of an interface has its properties with their documentation, and what uses it', async () => {
    const { html, text } = await open('/v0.4/docs/client/CallOptions');
    assertHas(
      text,
      'import type { CallOptions }',
      'readonly timeoutMs?: number | undefined;',
      'Time limit of the call in milliseconds',
    );
    assert.match(html, /<section class="member" id="timeoutMs">/);
    assertHas(linksOf(html).join(' '), '/v0.4/docs/client/presignedUrl');
  });

  test('the page of a function says from which file it is imported, and links the types of its parameters', async () => {
    const { html, text } = await open('/v0.4/docs/client/fromSso');
    assertHas(text, `import { fromSso } from "${latchkey.url}/v0.4/client/credentials/from-sso.ts";`);
    assertHas(
      linksOf(html).join(' '),
      '/v0.4/docs/client/ProfileOptions',
      '/v0.4/docs/client/CredentialProvider',
    );
  });

  test('the page of a list of codes has each code with its meaning', async () => {
    const { text } = await open('/v0.4/docs/client/ClientErrorCode');
    assertHas(text, 'Values', 'No source of credentials is configured.', 'type ClientErrorCode =');
  });

  test('two exports of one name have a page each', async () => {
    const first = await open('/v0.4/docs/client/Credentials');
    assertHas(first.text, 'client/mod.ts', 'interface Credentials');
    const second = await open('/v0.4/docs/client/credentials.Credentials');
    assertHas(second.text, 'client/credentials.ts', 'type Credentials =');
  });

  test('a member leads to its place, and a mistyped export to those with a similar name', async () => {
    const member = await open('/v0.4/docs/client/ApiFactory.close');
    assert.equal(member.location, '/v0.4/docs/client/ApiFactory#close');
    const mistyped = await open('/v0.4/docs/client/CallOption');
    assert.equal(mistyped.status, 404);
    assertHas(mistyped.text, 'Did you mean: CallOptions');
  });

  test('words in the query of the overview are searched for in the runtime', async () => {
    const { location } = await open('/v0.4/docs/client?q=sso');
    assert.equal(location, '/v0.4/search?q=in%3Aclient+sso');
    const { text } = await open('/v0.4/search?q=in%3Aclient+sso');
    assertHas(text, 'fromSso');
  });
});
