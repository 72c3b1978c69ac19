import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { runLatchkey } from '../../packages/server/src/cli/testing/child-process.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { assertAccessible, watchComplaints } from './quality.ts';

/** Where the server has the site. */
const PREFIX = '/tools/reference/';
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

let browser: Browser;
let folder: string;
let server: Server;
let url: string;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-site-'));
  const { code, stderr } = await runLatchkey(folder, ['docs', '--out', 'site', '--base', PREFIX]);
  assert.equal(code, 0, stderr);
  server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const file = path.join(folder, 'site', decodeURIComponent(pathname.slice(PREFIX.length)));
    const body = pathname.startsWith(PREFIX) ? await readFile(file).catch(() => undefined) : undefined;
    const type = types[body === undefined ? '.html' : path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type });
    response.end(body ?? (await readFile(path.join(folder, 'site/404.html'))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PREFIX}`;
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

for (const from of ['a web server, in a sub-path', 'a file'] as const) {
  test(`a static site that is opened from ${from} shows results while somebody types, and a page of results`, {
    skip: skipWithoutBrowser,
  }, async () => {
    const start = from === 'a file' ? `${pathToFileURL(path.join(folder, 'site'))}/` : url;
    const page = await browser.newPage();
    const takeComplaints = watchComplaints(page);
    // axe asks for style sheets in a way that a page of a file may not.
    const assertGood = async () => (from === 'a file' ? undefined : assertAccessible(page));
    await page.goto(`${start}index.html`);
    await page.getByRole('main').getByRole('link', { name: 'SSOOIDC' }).first().click();
    await page.waitForURL(/ssooidc/);
    const box = page.getByRole('combobox', { name: 'Search all services' });
    await box.pressSequentially('createtok');
    const options = page.getByRole('option');
    await options.first().waitFor();
    assert.match((await options.first().textContent()) ?? '', /SSOOIDC\.createToken/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${start}docs/ssooidc/SSOOIDC.createToken.html`);
    await assertGood();
    await page.getByRole('combobox').fill('creattoken');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(`${start}search.html?q=creattoken`);
    await page.getByRole('status').waitFor();
    assert.match(await page.getByRole('status').innerText(), /for “createtoken”/);
    const first = page.getByRole('main').getByRole('listitem').first();
    assert.match(await first.innerText(), /^SSOOIDC\.createToken operation of /);
    await assertGood();
    await first.getByRole('link').first().click();
    await page.waitForURL(`${start}docs/ssooidc/SSOOIDC.createToken.html`);
    assert.deepEqual(takeComplaints(), [], 'what the browser complains of');
    await page.close();
  });
}

test('a page that a static site has not leads to its search and its list of services', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await browser.newPage();
  await page.goto(`${url}docs/ssooidc/Nope.html`);
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.getByRole('combobox').pressSequentially('ApiFactory');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('link', { name: 'all services' }).click();
  await page.waitForURL(`${url}index.html`);
  await page.close();
});

test('a link of a static site shows what it leads to', { skip: skipWithoutBrowser }, async () => {
  const page = await browser.newPage();
  await page.goto(`${url}docs/ssooidc/SSOOIDC.createToken.html`);
  await page.locator('main a', { hasText: 'CreateTokenRequest' }).first().hover();
  await page.getByRole('tooltip').waitFor();
  assert.match((await page.getByRole('tooltip').textContent()) ?? '', /^Interface\. /);
  await page.close();
});
