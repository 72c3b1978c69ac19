import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { folder, load, problemsIn } from '../config/testing/load-text.ts';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from '../web/testing/plain-browser.ts';
import { MAX_LOGO_BYTES, readLogo } from './logo.ts';

const file = path.join(folder, 'logo.svg');
const svg = (content: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 64 32"${attributes}>${content}</svg>`;

const hostile = [
  svg('<script>alert(1)</script>'),
  svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'),
  svg('', ' onload="alert(1)"'),
  svg('<rect OnClick="alert(1)"/>'),
  svg('<foreignObject/>'),
  svg('<a xlink:href="javascript:alert(1)"/>'),
  svg('<image href="https://evil.example/x.png"/>'),
  svg('<image href="//evil.example/x.png"/>'),
  svg('<image href="data:image/svg+xml,x"/>'),
  svg('<use xlink:href="other.svg#a"/>'),
  svg('<rect fill="url(https://evil.example/#a)"/>'),
  svg('<rect style="fill: url( &quot;https://evil.example&quot; )"/>'),
  svg('<style>@import "https://evil.example/x.css";</style>'),
  svg('<style>rect { fill: ur\\6c(https://evil.example) }</style>'),
  svg('<set attributeName="href" to="x"/>'),
  svg('', ' xml:base="https://evil.example/"'),
  `<?xml-stylesheet href="x.css"?>${svg('')}`,
  `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`,
  '<html/>',
  'GIF89a',
  '',
];

test('a logo that could run or load something, or is no image, is refused at its place in the configuration', async () => {
  for (const content of hostile) {
    await writeFile(file, content);
    const problems = await problemsIn('branding:\n  logo: logo.svg\n');
    assert.match(
      problems.join('\n'),
      /^latchkey\.yaml:2:9: branding\.logo: \/\S+ (?:has|is) [^\n]+$/,
      content,
    );
  }
});

test('a logo that is missing or too large is refused', async () => {
  assert.match(
    (await problemsIn('branding: { logo: none.png }')).join(),
    /none\.png cannot be read: no such file/,
  );
  assert.match((await problemsIn('branding: { logo: . }')).join(), /branding\.logo: \S+ is no file$/);
  await writeFile(file, svg(' '.repeat(MAX_LOGO_BYTES)));
  assert.match(
    (await problemsIn('branding: { logo: logo.svg }')).join(),
    /has \d+ bytes; a logo may have 262144/,
  );
});

test('a harmless logo keeps its shape, in the space that the header has', async () => {
  const drawing =
    '<defs><linearGradient id="g"/></defs><style>.a { fill: url(#g) }</style><use href="#g" fill="url(\'#g\')"/>';
  await writeFile(file, svg(drawing));
  const { branding } = await load('branding: { logo: logo.svg }');
  assert.equal(branding.logo, file);
  assert.deepEqual([readLogo(file).width, readLogo(file).height], [56, 28]);
  await writeFile(file, svg('').replace('0 0 64 32', '0 0 900 1'));
  assert.equal(readLogo(file).width, 140);
});

test('a PNG file is a logo with the shape of its picture', async () => {
  const png = path.join(folder, 'logo.png');
  const header = Buffer.alloc(33);
  header.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  header.writeUInt32BE(300, 16);
  header.writeUInt32BE(100, 20);
  await writeFile(png, header);
  assert.deepEqual(await problemsIn('branding: { logo: logo.png }'), []);
  const { contentType, width, height } = readLogo(png);
  assert.deepEqual({ contentType, width, height }, { contentType: 'image/png', width: 84, height: 28 });
});

test('pages show the logo by its URL, which has strict headers and lasts for ever', async () => {
  await writeFile(file, svg('<rect width="9" height="9"/>'));
  await using latchkey = await startLatchkey({ settings: { branding: { logo: file } } });
  const browser = new PlainBrowser(latchkey);
  for (const page of ['/sign-in', '/v0.4/services']) {
    const { text } = await browser.get(page);
    const [, url = ''] =
      /<img src="(\/assets\/logo\?v=\w{16})" width="56" height="28" alt="">/.exec(text) ?? [];
    const { status, headers } = await browser.get(url);
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'image/svg+xml');
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    );
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  }
  assert.equal((await browser.get('/assets/logo?v=0')).headers.get('cache-control'), 'no-cache');
  await using plain = await startLatchkey();
  assert.equal((await new PlainBrowser(plain).get('/assets/logo')).status, 404);
});
