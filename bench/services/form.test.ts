import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieLine, parseForm, redirectPath } from './form.ts';

test('the form that posts to the path is filled in, with its hidden inputs as a browser would read them', () => {
  const page = `
    <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="other"></form>
    <form method="post" action="http://localhost:80/device">
    <input type="hidden" name="csrf" value="a&amp;b"/><input type="text" name="code" value="x">
    </form>`;
  assert.equal(parseForm(page, '/device').toString(), 'csrf=a%26b');
});

test('a page without the form says so', () => {
  assert.throws(() => parseForm('<p>Nothing here</p>', '/device'), /found none that posts to "\/device"/);
});

test('cookies are kept without their attributes', () => {
  const head = 'HTTP/1.1 303 See Other\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2';
  assert.equal(cookieLine({ status: 303, head, body: '' }), 'Cookie: a=1; b=2\r\n');
});

test('a redirect is followed to its path and query', () => {
  const head = 'HTTP/1.1 303 See Other\r\nLocation: http://localhost:80/done?x=1';
  assert.equal(redirectPath({ status: 303, head, body: '' }), '/done?x=1');
});
