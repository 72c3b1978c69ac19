import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../http/testing/api.ts';
import { largeModel } from '../testing/large-model.ts';
import { decodeEntities, idsOf, linksOf, readableText, startWithModels } from '../testing/pages.ts';

const latchkey = await startWithModels({ large: largeModel });
after(() => latchkey.close());

const url = '/v0.4/services/large.ts?docs=full';
const module = (await send(latchkey, url)).text.trimEnd().split('\n');

async function open(target: string) {
  const { headers, status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
  const lines = Array.from(text.matchAll(/<span id="L(\d+)"/g), ([, line]) => Number(line));
  return { headers, status, html: text, text: readableText(text), lines };
}

test('a page shows the first 2,000 lines of a long source, and leads to each other part', async () => {
  const { html, lines, text } = await open(url);
  assert.ok(module.length > 4_000, `${module.length} lines`);
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [2_000, 1, 2_000]);
  assert.match(text, new RegExp(`Lines 1 to 2000 of ${module.length}`));
  const parts = linksOf(html).filter((href) => /[?&]lines=\d+-\d+#source$/.test(href));
  assert.ok(parts.length >= Math.ceil(module.length / 2_000) - 1, String(parts));
  for (const part of new Set(parts)) {
    const { lines, status } = await open(part.replace(/#.*/, ''));
    assert.ok(status === 200 && lines.length > 0 && lines.length <= 2_000, part);
  }
});

test('the lines that a page shows are those of the served module, with their numbers', async () => {
  const { html, lines } = await open(`${url}&lines=2101-2300`);
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [200, 2_101, 2_300]);
  const shown = Array.from(
    html.matchAll(/<a href="#L\d+" tabindex="-1">(\d+)<\/a>(.*?)<\/span>\n?(?=<span id|<\/pre>)/g),
  );
  assert.equal(shown.length, 200);
  for (const [, number, line = ''] of shown) {
    assert.equal(decodeEntities(line.replaceAll(/<[^>]*>/g, '')), module[Number(number) - 1], number);
  }
});

test('the number of a line alone means the part that has it', async () => {
  assert.equal((await open(`${url}&lines=2345`)).lines[0], 2_001);
});

test('the link [src] of a symbol leads to the part and the line that declare it', async () => {
  const name = 'ConfigurationOfSomethingRatherLong1400';
  const { html } = await open(`/v0.4/docs/large/${name}`);
  const source = linksOf(html).find((href) => /#L\d+$/.test(href)) ?? '';
  assert.match(source, /&lines=\d+001-\d+000#L\d+$/);
  const [page = '', place = ''] = source.split('#');
  const shown = await open(page);
  assert.ok(idsOf(shown.html).includes(place), source);
  assert.match(module[Number(place.slice(1)) - 1] ?? '', new RegExp(`export interface ${name} `));
});

test('a symbol that is asked for by name leads to its line, in whatever case', async () => {
  const name = 'ConfigurationOfSomethingRatherLong1400';
  const line = module.findIndex((text) => text.startsWith(`export interface ${name} `)) + 1;
  for (const symbol of [name, name.toLowerCase()]) {
    const { headers, status } = await open(`${url}&symbol=${symbol}`);
    assert.equal(status, 302);
    assert.match(headers.get('location') ?? '', new RegExp(`&lines=\\d+-\\d+#L${line}$`));
  }
});

test('a symbol that the source has not is answered with similar ones, and lines that it has not with their number', async () => {
  const symbol = await open('/v0.4/services/ssooidc.ts?symbol=CreateTokenReqest');
  assert.equal(symbol.status, 404);
  assert.ok(linksOf(symbol.html).some((href) => /^\/v0\.4\/services\/ssooidc\.ts#L\d+$/.test(href)));
  const beyond = await open(`${url}&lines=9999999`);
  assert.deepEqual([beyond.status, /The source has \d+ lines/.test(beyond.text)], [404, true]);
  for (const lines of ['0', 'x', '5-1', '-3', '1-2-3', '99999999']) {
    const { status, text } = await open(`${url}&lines=${lines}`);
    assert.ok(status === 400 && text.includes('It must be a range'), lines);
  }
});

test('a page lists the symbols of its lines, and the form for others keeps the options of the module', async () => {
  const { html } = await open('/v0.4/services/ssooidc.ts?docs=full&actions=CreateToken');
  const listed = linksOf(html).filter((href) =>
    /^\/v0\.4\/services\/ssooidc\.ts\?docs=full&actions=CreateToken#L/.test(href),
  );
  const { text } = await send(latchkey, '/v0.4/services/ssooidc.ts?docs=full&actions=CreateToken');
  assert.equal(new Set(listed).size, text.match(/^export (?:class|interface|type|const) /gm)?.length);
  assert.doesNotMatch(html, /find-symbol/, 'a short source needs no form');
  const part = await open(`${url}&longs=bigint`);
  assert.match(part.html, /<form class="find-symbol" action="\/v0\.4\/services\/large\.ts">/);
  assert.match(part.html, /<input type="hidden" name="longs" value="bigint">/);
});

test('the source alone is text in a browser, and still a module to a program', async () => {
  for (const target of [`${url}&raw`, '/v0.4/client/call-options.ts?raw']) {
    const page = await open(target);
    assert.equal(page.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(page.html, (await send(latchkey, target.replace(/[?&]raw$/, ''))).text);
    const program = await send(latchkey, target);
    assert.match(program.headers.get('content-type') ?? '', /^application\/typescript/);
  }
});

test('a comment that begins before the lines of a page is coloured as a comment', async () => {
  const start = module.findIndex(
    (line, index) => line.startsWith('  /**') && module[index + 1]?.startsWith('   * '),
  );
  const { html } = await open(`${url}&lines=${start + 2}-${start + 3}`);
  assert.match(html, new RegExp(`>${start + 2}</a><span class="c">`));
});

test('the page of a file of the runtime has its symbols and all of its lines', async () => {
  const { html, lines } = await open('/v0.4/client/call-options.ts');
  const { text } = await send(latchkey, '/v0.4/client/call-options.ts');
  assert.equal(lines.length, text.trimEnd().split('\n').length);
  assert.ok(linksOf(html).some((href) => /^\/v0\.4\/client\/call-options\.ts#L\d+$/.test(href)));
});

test('names of exports and of the runtime lead from the source to their reference, names of properties do not', async () => {
  const { html } = await open('/v0.4/services/ssooidc.ts?docs=full');
  const call =
    html
      .split('<span id="L')
      .find((line) => /^\d+">\d+ {2}createToken\(/.test(line.replaceAll(/<[^>]*>/g, ''))) ?? '';
  for (const name of ['ssooidc/CreateTokenRequest', 'client/CallOptions', 'ssooidc/CreateTokenResponse']) {
    assert.ok(call.includes(`<a href="/v0.4/docs/${name}">`), `${name}: ${call}`);
  }
  const { html: weather } = await open('/v0.4/services/weatherreports.ts?docs=full');
  const ownName = weather.match(/<a [^>]*>(\w+)<\/a>(?=(?:<\/span>)?\??:)/g) ?? [];
  assert.deepEqual(ownName, []);
  for (const href of new Set([...linksOf(html), ...linksOf(weather)])) {
    if (!href.startsWith('/v0.4/docs/')) continue;
    const { status } = await send(latchkey, href, { headers: { accept: 'text/html' } });
    assert.equal(status, 200, href);
  }
});
