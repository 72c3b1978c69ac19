import assert from 'node:assert/strict';
import { access, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { searchSite } from '../typed-clients/static-site/browser/search.ts';
import { idsOf, linksOf } from '../typed-clients/testing/pages.ts';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();
const models = path.join(folder, 'models');
await mkdir(models);
await copyFile(
  new URL('../../../codegen/src/testing/weather.json', import.meta.url),
  path.join(models, 'weather.json'),
);
const docs = (...args: readonly string[]) => runLatchkey(folder, ['docs', ...args]);
const written = await docs('--out', 'site', '--models', models);

async function listFiles(site: string): Promise<readonly string[]> {
  const entries = await readdir(site, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
}

function load(site: string): (name: string) => Promise<unknown> {
  return async (name) => {
    const script = await readFile(path.join(folder, site, `search/${name}.js`), 'utf8');
    const [, data = ''] = /^latchkeyData\("[^"]*", (.*)\);\n$/s.exec(script) ?? [];
    return JSON.parse(data);
  };
}

describe('the site that docs writes', () => {
  test('docs writes a page of each kind, and says how many files there are', async () => {
    assert.equal(written.code, 0, written.stderr);
    const files = await listFiles(path.join(folder, 'site'));
    // The list of files is not one of them.
    assert.equal(written.stderr, `Wrote ${files.length - 1} files to site\n`);
    for (const file of [
      'index.html',
      '404.html',
      'search.html',
      'docs/ssooidc/index.html',
      'docs/ssooidc/SSOOIDC.createToken.html',
      'docs/ssooidc/SSOOIDC.createToken/wire.html',
      'docs/weatherreports/GetForecastInput.html',
      'docs/client/ApiFactory.html',
      'client/api-factory.ts.html',
      'assets/reference.js',
    ]) {
      await access(path.join(folder, 'site', file));
    }
  });

  test('every link of the site leads to a file of it, and to a place in that, or to the server', async () => {
    const pages = new Map<string, ReadonlySet<string>>();
    const texts = new Map<string, string>();
    for (const file of await listFiles(path.join(folder, 'site'))) {
      const text = file.endsWith('.html') ? await readFile(file, 'utf8') : '';
      texts.set(file, text);
      pages.set(file, new Set(idsOf(text)));
    }
    const lost: string[] = [];
    let count = 0;
    for (const [file, text] of texts) {
      if (file.endsWith('404.html')) continue;
      const others = Array.from(
        text.matchAll(/\s(?:src|action|href)="([^"]*)"/g),
        ([, target = '']) => target,
      );
      for (const target of new Set([...linksOf(text), ...others])) {
        if (/^(?:https?:|mailto:)/.test(target)) continue;
        const url = new URL(target.replaceAll('&amp;', '&'), `file://${file}`);
        const ids = pages.get(decodeURIComponent(url.pathname));
        const id = decodeURIComponent(url.hash.slice(1));
        if (ids === undefined || (id !== '' && !ids.has(id))) lost.push(`${file}: ${target}`);
        count += 1;
      }
    }
    assert.deepEqual(lost, []);
    assert.ok(count > 1000, `${count} links`);
  });

  test('no page of the site asks the server for anything, and each loads the search', async () => {
    for (const file of await listFiles(path.join(folder, 'site'))) {
      if (!file.endsWith('.html') || file.endsWith('404.html')) continue;
      const text = await readFile(file, 'utf8');
      assert.doesNotMatch(text, /\s(?:src|href|action)="\/[^"]*"/, file);
      assert.doesNotMatch(text, /<(?:script|link)[^>]*(?:src|href)="http/, file);
      assert.match(text, /<script src="[^"]*assets\/site-search\.js" defer>/, file);
    }
  });

  test('the names that the filter of the contents looks through lead to files of the site', async () => {
    for (const part of ['ssooidc', 'client']) {
      const of = path.join(folder, 'site/docs', part);
      const names: [string, string][] = JSON.parse(await readFile(path.join(of, 'names.json'), 'utf8'));
      assert.ok(names.length > 20, `${names.length} names`);
      for (const [, address] of names)
        await access(path.join(of, decodeURIComponent(address.replace(/#.*/, ''))));
    }
  });

  test('forms and modules, which need a server, lead to the configured one, and no choice of a theme is offered', async () => {
    const page = await readFile(path.join(folder, 'site/services/ssooidc.html'), 'utf8');
    assert.match(
      page,
      /<form class="options" action="http:\/\/localhost:8484\/v0\.4\/services\/ssooidc\.ts">/,
    );
    assert.match(page, /<a href="http:\/\/localhost:8484\/v0\.4\/services\/ssooidc\.ts\?raw">/);
    assert.doesNotMatch(page, /method="post"/);
  });

  test('the site has the name, the logo and the colour of the configuration', async () => {
    const file = path.join(folder, 'branded.yaml');
    const logo =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>';
    await writeFile(path.join(folder, 'logo.svg'), logo);
    await writeFile(file, 'branding: { name: Keyring, logo: logo.svg, accent: "#8a1c4a" }\n');
    const { code, stderr } = await docs('--config', file, '--out', 'branded', 'sts');
    assert.equal(code, 0, stderr);
    assert.match(
      await readFile(path.join(folder, 'branded/index.html'), 'utf8'),
      /<title>Services · Keyring<\/title>/,
    );
    assert.match(
      await readFile(path.join(folder, 'branded/index.html'), 'utf8'),
      /src="\.\/assets\/logo\.svg"/,
    );
    assert.match(await readFile(path.join(folder, 'branded/assets/logo.svg'), 'utf8'), /<circle/);
    assert.match(await readFile(path.join(folder, 'branded/assets/reference.css'), 'utf8'), /#8a1c4a/i);
  });

  test('the page of what is not found has addresses from the path at which the site is served', async () => {
    const { code } = await docs('--out', 'based', '--base', '/reference', 'sts');
    assert.equal(code, 0);
    const page = await readFile(path.join(folder, 'based/404.html'), 'utf8');
    assert.match(page, /href="\/reference\/assets\/reference\.css"/);
    assert.match(page, /<a href="\/reference\/index\.html">all services<\/a>/);
  });
});

describe('the search of the site that docs writes', () => {
  for (const [typed, file] of [
    ['createtoken', 'docs/ssooidc/SSOOIDC.createToken.html'],
    ['create token', 'docs/ssooidc/SSOOIDC.createToken.html'],
    ['CrTo', 'docs/ssooidc/SSOOIDC.createToken.html'],
    ['CreateTokenRequest.clientId', 'docs/ssooidc/CreateTokenRequest.html#clientId'],
    ['sso login', 'docs/ssooidc/index.html'],
    ['ApiFactory', 'docs/client/ApiFactory.html'],
    ['fromSso', 'docs/client/fromSso.html'],
    ['type:error slow down', 'docs/ssooidc/SlowDownException.html'],
    ['in:sso list accounts', 'docs/sso/SSO.listAccounts.html'],
    ['creattoken', 'docs/ssooidc/SSOOIDC.createToken.html'],
    ['get callr identity', 'docs/sts/STS.getCallerIdentity.html'],
  ] as const) {
    test(`“${typed}” finds ${file} first in the files of a static site`, async () => {
      const { entries } = await searchSite(typed, 10, load('site'));
      assert.equal(entries[0]?.file, file);
    });
  }

  test('each result leads to a place of the site, and what nobody has is not found', async () => {
    const { entries } = await searchSite('type:property token', 50, load('site'));
    assert.ok(entries.length > 5);
    for (const { file } of entries) {
      const [page = '', id = ''] = file.split('#');
      const text = await readFile(path.join(folder, 'site', decodeURI(page)), 'utf8');
      assert.ok(idsOf(text).includes(decodeURIComponent(id)), file);
    }
    assert.deepEqual((await searchSite('zeppelin', 10, load('site'))).entries, []);
  });
});

describe('the folder that docs writes', () => {
  test('docs writes the named services alone, and links to no other', async () => {
    const { code } = await docs('--out', 'one', 'sts');
    assert.equal(code, 0);
    assert.deepEqual((await readdir(path.join(folder, 'one/docs'))).toSorted(), ['client', 'sts']);
    assert.doesNotMatch(await readFile(path.join(folder, 'one/index.html'), 'utf8'), /ssooidc/i);
  });

  test('docs refuses a folder with files of others, and leaves it as it is', async () => {
    const other = path.join(folder, 'other');
    await mkdir(other);
    await writeFile(path.join(other, 'notes.txt'), 'mine');
    const { code, stderr } = await docs('--out', 'other', 'sts');
    assert.equal(code, 1);
    assert.match(stderr, /^--out: .*other is not empty, and has no site of `latchkey docs`\n$/);
    assert.deepEqual(await readdir(other), ['notes.txt']);
  });

  test('docs writes again into its own folder: what is gone is removed, and what others put there stays', async () => {
    await docs('--out', 'again', 'sts', 'sso');
    await writeFile(path.join(folder, 'again/CNAME'), 'docs.example.com');
    const { code } = await docs('--out', 'again', 'sts');
    assert.equal(code, 0);
    assert.equal(await readFile(path.join(folder, 'again/CNAME'), 'utf8'), 'docs.example.com');
    await assert.rejects(access(path.join(folder, 'again/docs/sso/index.html')));
    await access(path.join(folder, 'again/docs/sts/index.html'));
  });

  test('docs removes no file outside of its folder, whatever the list in it says', async () => {
    await mkdir(path.join(folder, 'tricked'));
    await writeFile(path.join(folder, 'precious.txt'), 'mine');
    const list = {
      writtenBy: 'latchkey docs',
      files: ['../precious.txt', path.join(folder, 'precious.txt')],
    };
    await writeFile(path.join(folder, 'tricked/latchkey-docs.json'), JSON.stringify(list));
    const { code } = await docs('--out', 'tricked', 'sts');
    assert.equal(code, 0);
    assert.equal(await readFile(path.join(folder, 'precious.txt'), 'utf8'), 'mine');
  });

  test('docs names a service that does not exist, before it writes anything', async () => {
    const { code, stderr } = await docs('--out', 'none', 'sts', 'dynamo');
    assert.equal(code, 1);
    assert.match(stderr, /^There is no service "dynamo"; `latchkey services` lists the names\n$/);
    await assert.rejects(access(path.join(folder, 'none')));
  });

  test('docs leaves out a service whose model cannot be used, and says which', async () => {
    const broken = path.join(folder, 'broken');
    await mkdir(broken);
    const model = JSON.parse(await readFile(path.join(models, 'weather.json'), 'utf8'));
    const [structure] = Object.keys(model.shapes).filter((id) => model.shapes[id].type === 'structure');
    model.shapes[structure ?? ''].members = { lost: { target: 'example.weather#Nowhere' } };
    await writeFile(path.join(broken, 'weather.json'), JSON.stringify(model));
    const { code, stderr } = await docs('--out', 'partly', '--models', broken, 'weatherreports', 'sts');
    assert.equal(code, 1);
    assert.match(stderr, /These services were left out:\nweatherreports: /);
    await access(path.join(folder, 'partly/docs/sts/index.html'));
  });
});
