import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeAddress, rewriteLinks } from './rewrite-links.ts';
import { SiteFiles } from './site-files.ts';

test('pages whose names differ in case alone have files apart, and each keeps its own', () => {
  const files = new SiteFiles(() => true);
  const first = files.fileOf('/v0.4/docs/s3/Tag');
  const second = files.fileOf('/v0.4/docs/s3/TAG');
  assert.deepEqual([first, second], ['docs/s3/Tag.html', 'docs/s3/TAG~2.html']);
  assert.equal(files.fileOf('/v0.4/docs/s3/Tag'), first);
});

test('names of devices and characters that file systems refuse stand in no file name', () => {
  const files = new SiteFiles(() => true);
  assert.equal(files.fileOf('/v0.4/docs/s3/CON'), 'docs/s3/_CON.html');
  assert.equal(files.fileOf('/v0.4/docs/s3/a%3A%2A%22b'), 'docs/s3/a___b.html');
  assert.equal(files.fileOf('/v0.4/services/s3.ts?docs=full'), 'services/s3.ts.docs=full.html');
});

test('addresses of a site are relative, and only those in tags are rewritten', () => {
  assert.equal(relativeAddress('docs/sts/index.html', 'docs/sso/SSO.html'), '../sts/index.html');
  assert.equal(relativeAddress('docs/sso/a.html', 'docs/sso/b.html'), './a.html');
  assert.equal(relativeAddress('index.html', 'docs/sso/b.html'), '../../index.html');
  const page =
    '<p class="a">href="/x"</p><a href="/v0.4/x?a=1&amp;b=2#L3">x</a><a href="#y">y</a><a href="https://z.example/">z</a>';
  assert.equal(
    rewriteLinks(page, (address) => `to${address}`),
    '<p class="a">href="/x"</p><a href="to/v0.4/x?a=1&amp;b=2#L3">x</a><a href="#y">y</a><a href="https://z.example/">z</a>',
  );
});
