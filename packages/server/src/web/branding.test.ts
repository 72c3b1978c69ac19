import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const latchkey = await startLatchkey({
  settings: {
    branding: {
      name: 'Acme <SSO> & more',
      accent: '#7a2e8f',
      supportUrl: 'https://help.example.com/?a=1&b="2"',
      supportText: 'Ask <us>',
      message: 'Maintenance <b>tonight</b>.\nSave your work.',
    },
  },
});
after(() => latchkey.close());

test('name and link to help are on every page, escaped', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const page of [
    '/sign-in',
    '/',
    '/device',
    '/sign-out',
    '/nowhere',
    '/authorize',
    '/v0.4/services',
    '/v0.4/docs/sts',
    '/v0.4/docs/nothing',
  ]) {
    const { text } = await browser.get(page);
    assert.match(text, /<title>[^<]+ · Acme &lt;SSO&gt; &amp; more<\/title>/, page);
    assert.match(text, /<\/svg>Acme &lt;SSO&gt; &amp; more<\/a>/, page);
    assert.match(
      text,
      /<a href="https:\/\/help\.example\.com\/\?a=1&amp;b=&quot;2&quot;">Ask &lt;us&gt;<\/a>/,
      page,
    );
  }
});

test('the message of the day is on the sign-in page and the portal, as plain text with its lines', async () => {
  const message = 'Maintenance &lt;b&gt;tonight&lt;/b&gt;.\nSave your work.</p>';
  const browser = await signedInAs(latchkey, 'alice');
  for (const page of ['/sign-in', '/']) assert.ok((await browser.get(page)).text.includes(message), page);
  for (const page of ['/device', '/v0.4/services']) {
    assert.ok(!(await browser.get(page)).text.includes('Maintenance'), page);
  }
  await using plain = await startLatchkey();
  assert.doesNotMatch((await new PlainBrowser(plain).get('/sign-in')).text, /class="message"/);
});

test('the accent of both themes is in the style sheet', async () => {
  const { text } = await new PlainBrowser(latchkey).get('/assets/latchkey.css');
  assert.match(
    text,
    /--accent: light-dark\(#7a2e8f, #\w{6}\);[^}]*--on-accent: light-dark\(#ffffff, #000000\);\n\}/,
  );
});

test('texts of the operator are in the language of the page, or else in the one that there is, which is said', async () => {
  await using several = await startLatchkey({
    settings: {
      branding: {
        supportUrl: 'https://help.example.com',
        supportText: { en: 'Ask us', de: 'Fragen Sie uns' },
        message: { de: 'Wartung <heute>' },
      },
    },
  });
  await using byDefault = await startLatchkey({
    settings: { branding: { supportUrl: 'https://help.example.com' } },
  });
  const signInPage = async (instance: typeof several, language: string) =>
    (await new PlainBrowser(instance).get('/sign-in', { 'accept-language': language })).text;
  const inEnglish = await signInPage(several, 'en');
  assert.match(inEnglish, />Ask us<\/a>/);
  assert.match(inEnglish, /<p class="message" dir="auto" lang="de">Wartung &lt;heute&gt;<\/p>/);
  const inGerman = await signInPage(several, 'de');
  assert.match(inGerman, />Fragen Sie uns<\/a>/);
  assert.match(inGerman, /<p class="message" dir="auto">Wartung &lt;heute&gt;<\/p>/);
  assert.match(await signInPage(byDefault, 'en'), />Help<\/a>/);
  assert.match(await signInPage(byDefault, 'de'), />Hilfe<\/a>/);
});
