import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { send } from '../../../http/testing/api.ts';
import { largeModel } from '../../testing/large-model.ts';
import { linksOf, readableText, startWithModels } from '../../testing/pages.ts';

const latchkey = await startWithModels({ large: largeModel });
after(() => latchkey.close());

async function open(target: string): Promise<{ readonly contents: string; readonly page: string }> {
  const { text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
  const [contents = ''] = /<nav class="contents".*?<\/nav>/s.exec(text) ?? [];
  return { contents, page: text };
}

/** The part of the contents that is visible without opening a fold. */
function visible(contents: string): string {
  return contents.replaceAll(
    /<details(?: class="fold")?>\n<summary>(?!Contents)(.*?)<\/summary>.*?<\/details>/gs,
    '$1',
  );
}

test('the contents show the current page among its neighbours, without a fold to open', async () => {
  const { contents } = await open('/v0.4/docs/large/ConfigurationOfSomethingRatherLong999');
  const shown = linksOf(visible(contents));
  const place = shown.indexOf('/v0.4/docs/large/ConfigurationOfSomethingRatherLong999');
  assert.ok(place >= 8 && place < 24, `${place}`);
  assert.ok(shown.length < 32, `${shown.length}`);
  assert.match(contents, /RatherLong999" aria-current="page">/);
  assert.equal(contents.match(/aria-current/g)?.length, 1);
});

test('what has no room in the contents leads to the overview, where it is', async () => {
  const { contents } = await open('/v0.4/docs/large/Large.describeResourceConfigurationOfKind200');
  assert.match(
    contents,
    /<a href="\/v0\.4\/docs\/large#all-interfaces">Interfaces <small>2300<\/small><\/a>/,
  );
  const overview = await open('/v0.4/docs/large');
  assert.match(overview.page, /id="all-interfaces"/);
  assert.match(overview.page, /id="all-operations"/);
});

test('the first and the last of a long group have neighbours on one side only', async () => {
  for (const number of [0, 399]) {
    const name = `describeResourceConfigurationOfKind${number}`;
    const { contents } = await open(`/v0.4/docs/large/Large.${name}`);
    assert.ok(linksOf(visible(contents)).includes(`/v0.4/docs/large/Large.${name}`), name);
  }
});

test('a service with few names has all of them unfolded', async () => {
  const { contents } = await open('/v0.4/docs/sts');
  assert.equal(visible(contents), contents);
});

test('the filter of the contents searches the service where there is no script', async () => {
  const { contents } = await open('/v0.4/docs/ssooidc');
  assert.match(contents, /<form class="filter" action="\/v0\.4\/docs\/ssooidc">/);
  const { headers } = await send(latchkey, '/v0.4/docs/ssooidc?q=Token');
  assert.equal(headers.get('location'), '/v0.4/search?q=in%3Assooidc+Token');
});

test('a page of several places lists them, and each of the list is on the page', async () => {
  for (const target of ['/v0.4/docs/ssooidc/SSOOIDC.createToken', '/v0.4/docs/ssooidc/CreateTokenRequest']) {
    const { page } = await open(target);
    const [list = ''] = /<nav class="on-page".*?<\/nav>/s.exec(page) ?? [];
    const places = linksOf(list).map((href) => decodeURIComponent(href.slice(1)));
    assert.ok(places.length >= 4, target);
    for (const place of places) assert.ok(page.includes(` id="${place}"`), `${target}#${place}`);
  }
  const { page } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
  const [list = ''] = /<nav class="on-page".*?<\/nav>/s.exec(page) ?? [];
  const [, items = ''] = list.split('</summary>');
  assert.deepEqual(readableText(items).trim().split(/\n+/), [
    'Signature',
    'Parameters',
    'Result',
    'Errors',
    'Examples',
    'On the wire',
    'Elsewhere',
  ]);
});

test('the headings of a page skip no level, whatever headings the documentation has', async () => {
  for (const target of [
    '/v0.4/docs/large',
    '/v0.4/docs/large/Large',
    '/v0.4/docs/ssooidc/SSOOIDC.createToken',
  ]) {
    const { page } = await open(target);
    const levels = Array.from(page.matchAll(/<h([1-6])[ >]/g), ([, level]) => Number(level));
    const skips = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    assert.deepEqual(skips, [], target);
  }
});

test('the names that the filter looks through are those of all pages of the service, in a small answer', async () => {
  const { headers, text } = await send(latchkey, '/v0.4/docs/large/names.json');
  assert.match(headers.get('content-type') ?? '', /^application\/json/);
  const names = new Map(
    (JSON.parse(text) as (string | [string, string])[]).map((each) =>
      typeof each === 'string' ? [each, each] : each,
    ),
  );
  assert.equal(
    names.get('describeResourceConfigurationOfKind7'),
    'Large.describeResourceConfigurationOfKind7',
  );
  assert.equal(names.get('ConfigurationOfSomethingRatherLong1234'), 'ConfigurationOfSomethingRatherLong1234');
  assert.equal(names.get('Large'), 'Large');
  const { text: module } = await send(latchkey, '/v0.4/services/large.ts');
  for (const [, name] of module.matchAll(/^export (?:class|interface|type) (\w+)/gm)) {
    assert.ok(name !== undefined && names.has(name), name);
  }
  const { length } = gzipSync(text);
  assert.ok(length <= 30_000, `${length} bytes compressed`);
  const { text: ofRuntime } = await send(latchkey, '/v0.4/docs/client/names.json');
  assert.ok((JSON.parse(ofRuntime) as string[]).includes('ApiFactory'));
});
