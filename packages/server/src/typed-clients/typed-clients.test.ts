import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { send } from '../http/testing/api.ts';
import { runtimeFolders } from './package-files.ts';
import { loadRuntimeBundle } from './runtime-bundle.ts';
import { decodeEntities, readableText } from './testing/pages.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-models-'));
after(() => rm(folder, { recursive: true, force: true }));
const weather = path.join(folder, 'weather.json');
await copyFile(new URL('../../../codegen/src/testing/weather.json', import.meta.url), weather);
await writeFile(path.join(folder, 'broken.json'), brokenModel());

const latchkey = await startLatchkey({ settings: { models: [folder] } });
after(() => latchkey.close());
const get = (target: string, headers: Readonly<Record<string, string>> = {}) =>
  send(latchkey, target, { headers });
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('client modules', () => {
  test('a client module is TypeScript that exports the class of the service', async () => {
    const answer = await get('/v0.4/services/ssooidc.ts?docs=full');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/typescript/);
    assert.match(answer.text, /^export class SSOOIDC /m);
    assert.match(answer.text, /from ['"]\.\.\/client\/mod\.ts['"]/);
  });

  test('a client module may be imported from any origin', async () => {
    const answer = await get('/v0.4/services/ssooidc.js');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
  });

  test('a client module in JavaScript names the URL of its declarations', async () => {
    const answer = await get('/v0.4/services/ssooidc.js?actions=CreateToken');
    const types = answer.headers.get('x-typescript-types');
    assert.equal(types, '/v0.4/services/ssooidc.d.ts?actions=CreateToken');
    const declarations = await get(types);
    assert.match(declarations.text, /^export declare class SSOOIDC /m);
  });

  test('a client module with actions has only these operations and the shapes that they reach', async () => {
    const { text } = await get('/v0.4/services/ssooidc.ts?actions=Start*');
    assert.match(text, /startDeviceAuthorization\(/);
    assert.doesNotMatch(text, /createToken\(|CreateTokenRequest/);
  });

  test('client modules of models in a configured directory are served beside those of our own models', async () => {
    assert.equal((await get('/v0.4/services/weatherreports.ts')).status, 200);
    assert.equal((await get('/v0.4/services/sts.ts')).status, 200);
  });

  test('a client module can be requested in an API version', async () => {
    assert.equal((await get('/v0.4/services/ssooidc@2019-06-10.ts')).status, 200);
    const other = await get('/v0.4/services/ssooidc@2001-01-01.ts');
    assert.equal(other.status, 404);
    assert.match(other.text, /no version "2001-01-01"[\s\S]*2019-06-10/);
  });

  test('a client module changes when its model file changes', async () => {
    const before = await get('/v0.4/services/weatherreports.ts?docs=full');
    const document = await readFile(weather, 'utf8');
    await writeFile(weather, document.replaceAll('GetForecast', 'GetOutlook'));
    await utimes(weather, new Date(), new Date(Date.now() + 5_000));
    latchkey.clock.advance({ seconds: 2 });
    const afterwards = await get('/v0.4/services/weatherreports.ts?docs=full');
    await writeFile(weather, document);
    assert.match(before.text, /getForecast\(/);
    assert.match(afterwards.text, /getOutlook\(/);
  });
});

describe('caching of client modules', () => {
  test('a client module that has not changed is answered with 304', async () => {
    const first = await get('/v0.4/services/sso.ts');
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/v0.4/services/sso.ts', { 'if-none-match': etag });
    assert.equal(second.status, 304);
    assert.equal(second.text, '');
    assert.equal(second.headers.get('etag'), etag);
    const third = await get('/v0.4/services/sso.ts?docs=full', { 'if-none-match': etag });
    assert.equal(third.status, 200);
  });

  test('caches may keep a client module for a minute, and an error not at all', async () => {
    const good = await get('/v0.4/services/sso.ts');
    assert.equal(good.headers.get('cache-control'), 'public, max-age=60, must-revalidate');
    const wrong = await get('/v0.4/services/nope.ts');
    assert.equal(wrong.headers.get('cache-control'), 'no-store');
    assert.equal(wrong.headers.get('etag'), null);
  });

  test('the entity tag of a client module differs for each content coding', async () => {
    const codings = ['identity', 'gzip', 'br'];
    const tags = await Promise.all(
      codings.map(
        async (coding) => (await get('/v0.4/services/sso.ts', { 'accept-encoding': coding })).headers,
      ),
    );
    assert.equal(new Set(tags.map((headers) => headers.get('etag'))).size, 3);
    for (const headers of tags) assert.match(headers.get('vary') ?? '', /accept-encoding/);
  });

  test('a browser gets a page at the URL of a client module, and caches are told to keep them apart', async () => {
    const { headers } = await get('/v0.4/services/sso.ts');
    assert.match(headers.get('vary') ?? '', /accept/);
    const page = await get('/v0.4/services/sso.ts', browser);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  });

  for (const [accept, isPage] of [
    ['text/html', true],
    ['TEXT/HTML;charset=utf-8, */*;q=0.8', true],
    ['text/*, application/json;q=0.5', false],
    ['application/typescript, text/html;q=0.9', false],
    ['application/typescript, text/typescript, application/javascript, */*;q=0.5', false],
    ['text/html;q=0', false],
    ['text/html;q=0, */*', false],
    ['application/json, text/html;q=0.9, */*;q=0.1', false],
    ['text/javascript;profile="text/html"', false],
    ['text/html-fragment', false],
    ['*/*', false],
  ] as const) {
    test(`who accepts ${accept} gets a ${isPage ? 'page' : 'module'} at the URL of a client module (RFC 9110 12.5.1)`, async () => {
      const { headers } = await get('/v0.4/services/sso.ts', { accept });
      assert.match(headers.get('content-type') ?? '', isPage ? /^text\/html/ : /^application\/typescript/);
    });
  }

  test('a client module is compressed for clients that accept it', async () => {
    const response = await fetch(`${latchkey.url}/v0.4/services/sso.ts`, {
      headers: { 'accept-encoding': 'br' },
    });
    assert.equal(response.headers.get('content-encoding'), 'br');
    const plain = await send(latchkey, '/v0.4/services/sso.ts', {
      headers: { 'accept-encoding': 'identity' },
    });
    assert.equal(await response.text(), plain.text);
  });
});

describe('the runtime of client modules', () => {
  test('what programs import of the runtime is one file, and its types are the sources', async () => {
    const answer = await get('/v0.4/client/protocols/rest-json1.ts');
    const [, types = '', file = ''] =
      /^\/\/ @ts-types="(.*)"\nexport \* from '\.\.\/(.*)';\n$/.exec(answer.text) ?? [];
    assert.equal(types, '/v0.4/client/protocols/rest-json1.ts?source');
    assert.match((await get(types)).text, /'\.\.\/\.\.\/wire\/rest-json1\/client\.ts'/);
    const script = await get('/v0.4/client/mod.js');
    assert.equal(script.text, `export * from './${file}';\n`);
    assert.equal(script.headers.get('x-typescript-types'), '/v0.4/client/mod.ts?source');
    const runtime = await get(`/v0.4/client/${file}`);
    assert.match(runtime.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.doesNotMatch(runtime.text, /^import .* from '\./m);
  });

  test('the file of the runtime is named after its content and kept for ever; another name leads to it', async () => {
    const [, file = ''] = /'\.\/(.*)'/.exec((await get('/v0.4/client/mod.js')).text) ?? [];
    const { headers, text } = await get(`/v0.4/client/${file}`);
    assert.equal(file, `runtime-${hash('sha256', text, 'hex').slice(0, 16)}.js`);
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(headers.get('etag') ?? '', /^"/);
    const older = await get('/v0.4/client/runtime-0123456789abcdef.js');
    assert.deepEqual([older.status, older.headers.get('location')], [302, file]);
    const facade = await get('/v0.4/client/mod.ts');
    assert.equal(facade.headers.get('cache-control'), 'public, max-age=60, must-revalidate');
  });

  test('the file of the runtime exports everything that the files export which programs and modules import', async () => {
    const [, file = ''] = /'\.\/(.*)'/.exec((await get('/v0.4/client/mod.js')).text) ?? [];
    const { text } = await get(`/v0.4/client/${file}`);
    const runtime = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const { entries } = await loadRuntimeBundle();
    assert.ok(entries.length > 40);
    for (const entry of entries) {
      const names = Object.keys(await import(new URL(`${entry}.ts`, runtimeFolders.client).href));
      assert.deepEqual(
        names.filter((name) => !(name in runtime)),
        [],
        entry,
      );
      assert.match((await get(`/v0.4/client/${entry}.ts`)).text, /^export \* from/m, entry);
    }
  });

  test('every file that a client module or its runtime imports is served', async () => {
    const seen = new Set<string>();
    const missing: string[] = [];
    async function follow(target: string): Promise<void> {
      if (seen.has(target)) return;
      seen.add(target);
      const { status, text } = await get(target);
      if (status !== 200) missing.push(target);
      const imports = text.matchAll(/(?:from|import\()\s*'([^']+)'|^\/\/ @ts-types="([^"]+)"$/gm);
      for (const [, code = '', name = code] of imports) {
        if (name.startsWith('node:')) continue;
        assert.match(name, /^[./]/, `${target} imports "${name}"`);
        const { pathname, search } = new URL(name, `${latchkey.url}${target}`);
        await follow(pathname + search);
      }
    }
    await follow('/v0.4/services/ssooidc.ts');
    await follow('/v0.4/services/sts.js');
    assert.deepEqual(missing, []);
  });

  test('no other files of the machine are served beside the runtime', async () => {
    for (const target of [
      '/v0.4/client/../../server/src/server.ts',
      '/v0.4/client/%2e%2e/package.json',
      '/v0.4/client/..%2fpackage.json',
      '/v0.4/wire/mod.test.ts',
      '/v0.4/client/mod',
    ]) {
      assert.equal((await get(target)).status, 404, target);
    }
  });
});

describe('faults of a request for a client module', () => {
  test('an unknown service name is answered with similar names', async () => {
    const answer = await get('/v0.4/services/ssoidc.ts');
    assert.equal(answer.status, 404);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(answer.text, /no service "ssoidc"[\s\S]*ssooidc/);
  });

  test('a service name from the AWS CLI or an AWS SDK is answered with the name of its client module', async () => {
    for (const [name, meant] of [
      ['oidc', 'ssooidc'],
      ['client-sso-oidc', 'ssooidc'],
      ['portal.sso', 'sso'],
      ['weather', 'weatherreports'],
    ]) {
      const page = await get(`/v0.4/docs/${name}`, browser);
      assert.match(page.text, new RegExp(`<li><a href="/v0\\.4/docs/${meant}">`), name);
    }
  });

  test('a service name in capitals is redirected to the name in small letters', async () => {
    for (const [target, meant] of [
      [
        '/v0.4/services/SSOOIDC@2019-06-10.ts?actions=Create*',
        '/v0.4/services/ssooidc@2019-06-10.ts?actions=Create*',
      ],
      ['/v0.4/services/STS', '/v0.4/services/sts'],
      ['/v0.4/docs/STS/GetCallerIdentityRequest', '/v0.4/docs/sts/GetCallerIdentityRequest'],
    ] as const) {
      const { status, headers } = await get(target);
      assert.deepEqual([status, headers.get('location')], [302, meant]);
    }
  });

  test('an operation in actions that does not exist is noted in the module of those that do', async () => {
    const { status, text } = await get(
      '/v0.4/services/ssooidc.ts?actions=RegisterClient,CreateTokn,%0Aalert(1)',
    );
    assert.equal(status, 200);
    assert.match(text, /^ {2}registerClient\(/m);
    assert.match(text, /^\/\/ No operation matches "CreateTokn"; did you mean CreateToken/m);
    assert.doesNotMatch(text, /^alert/m);
  });

  test('an unknown operation alone in actions is answered with similar operations', async () => {
    const answer = await get('/v0.4/services/ssooidc.ts?actions=CreateTokn');
    assert.equal(answer.status, 404);
    assert.match(answer.text, /CreateTokn[\s\S]*CreateToken/);
  });

  test('an invalid option of a client module is answered with the valid ones', async () => {
    const answer = await get('/v0.4/services/ssooidc.ts?docs=everything');
    assert.equal(answer.status, 400);
    assert.match(answer.text, /none, short, full/);
  });

  test('a file of aws_api that is not here is answered with where the runtime is', async () => {
    for (const target of ['/v0.4/client/signing.ts', '/v0.4/encoding/json.ts', '/x/aws_apis/mod.ts']) {
      const { status, text } = await get(target);
      assert.deepEqual([status, /\/v0\.4\/client\/mod\.ts/.test(text)], [404, true], target);
    }
  });

  test('an unknown service name is answered with a page in a browser', async () => {
    const answer = await get('/v0.4/services/ssoidc.ts', browser);
    assert.equal(answer.status, 404);
    assert.match(answer.text, /<h1>There is no service “?&quot;?"?ssoidc/);
    assert.equal(answer.text.match(/>ssooidc</g)?.length, 1, 'suggestions are shown once');
    assert.doesNotMatch(answer.text, /Did you mean ssooidc/);
    assert.match(answer.text, /name="q" type="search" value="ssoidc"/);
    assert.match(answer.text, /All services: <a href="\/v0\.4\/services">\/v0\.4\/services<\/a>/);
  });

  test('a broken model is answered with the shape at fault, while other models are served', async () => {
    const answer = await get('/v0.4/services/broken.ts');
    assert.equal(answer.status, 422);
    assert.match(answer.text, /example\.broken#Missing/);
    assert.equal((await get('/v0.4/services/weatherreports.ts')).status, 200);
  });

  test('a broken model is read again when its file has changed', async () => {
    const file = path.join(folder, 'mended.json');
    await writeFile(file, brokenModel().replaceAll('Broken', 'Mended'));
    assert.equal((await get('/v0.4/services/mended.ts')).status, 422);
    await writeFile(file, brokenModel().replaceAll('Broken', 'Mended').replace('Missing', 'Other'));
    await utimes(file, new Date(), new Date(Date.now() + 5_000));
    latchkey.clock.advance({ seconds: 2 });
    assert.match((await get('/v0.4/services/mended.ts')).text, /#Other/);
  });

  test('a service is found as soon as its model is added', async () => {
    assert.equal((await get('/v0.4/services/added.ts')).status, 404);
    const text = await readFile(weather, 'utf8');
    await writeFile(
      path.join(folder, 'added.json'),
      text.replaceAll(/"sdkId": *"[^"]*"/g, '"sdkId": "Added"'),
    );
    await utimes(folder, new Date(), new Date(Date.now() + 5_000));
    latchkey.clock.advance({ seconds: 2 });
    assert.equal((await get('/v0.4/services/added.ts')).status, 200);
  });

  test('a query over 4096 characters is answered with 414', async () => {
    assert.equal((await get(`/v0.4/services/sts.ts?actions=${'A'.repeat(5_000)}`)).status, 414);
  });
});

describe('completions of module URLs in an editor', () => {
  test('every completion of a module URL leads to a module that exists', async () => {
    const { members } = await get('/.well-known/deno-import-intellisense.json');
    assert.equal(members['version'], 2);
    const services = JSON.parse((await get('/v0.4/completions/services')).text);
    assert.ok(services.items.includes('ssooidc.ts'));
    const documentation = JSON.parse((await get('/v0.4/completions/services/ssooidc.ts')).text);
    assert.match(documentation.value, /SSOOIDC/);
    const { text: generations } = await get('/.completions/generations/list.json');
    for (const generation of JSON.parse(generations)) {
      const { text } = await get(`/.completions/generations/${generation}/modules/list.json`);
      assert.ok(JSON.parse(text).includes('ssooidc.ts'));
      const { status, headers } = await get(`/${generation}/services/ssooidc.ts`);
      if (generation !== 'v0.4')
        assert.deepEqual([status, headers.get('location')], [302, '/v0.4/services/ssooidc.ts']);
    }
    assert.deepEqual(JSON.parse((await get('/.completions/sdks/list.json')).text), []);
    for (const file of JSON.parse((await get('/v0.4/completions/client')).text)) {
      assert.equal((await get(`/v0.4/client/${file}`)).status, 200);
    }
  });
});

describe('pages about typed clients', () => {
  test('the page of services lists all of them, and leads to the search of services', async () => {
    const all = await get('/v0.4/services', browser);
    assert.match(all.text, /href="\/v0\.4\/services\/ssooidc"/);
    const { headers } = await get('/v0.4/services?q=reports', browser);
    assert.equal(headers.get('location'), '/v0.4/search?q=type%3Aservice+reports');
  });

  test('the page of a service has its import statement, its options and its source by line', async () => {
    const { text } = await get('/v0.4/services/ssooidc.ts?docs=short&actions=CreateToken', browser);
    const [code = ''] = /<pre class="import">.*?<\/pre>/s.exec(text) ?? [];
    assert.equal(
      decodeEntities(code.replaceAll(/<[^>]*>/g, '')),
      `import { ApiFactory } from "${latchkey.url}/v0.4/client/mod.ts";
import { SSOOIDC } from "${latchkey.url}/v0.4/services/ssooidc.ts?actions=CreateToken";`,
    );
    assert.match(
      readableText(text),
      /latchkey generate ssooidc --actions CreateToken --docs short --out ssooidc\.ts/,
    );
    assert.match(text, /value="short" checked/);
    assert.match(text, /value="CreateToken" checked/);
    assert.match(text, /<span id="L1"><a href="#L1"/);
  });
});

function brokenModel(): string {
  return JSON.stringify({
    smithy: '2.0',
    shapes: {
      'example.broken#Broken': {
        type: 'service',
        version: '2026-01-01',
        operations: [{ target: 'example.broken#Go' }],
        traits: { 'aws.api#service': { sdkId: 'Broken' }, 'aws.protocols#restJson1': {} },
      },
      'example.broken#Go': { type: 'operation', input: { target: 'example.broken#Missing' } },
    },
  });
}
