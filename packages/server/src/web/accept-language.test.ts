import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { languageTags } from '../language-tags.ts';
import { chooseLanguage, MAX_ACCEPT_LANGUAGE_LENGTH } from './accept-language.ts';

const headers: Readonly<Record<'en' | 'de', readonly (string | undefined)[]>> = {
  de: [
    'de',
    'DE',
    'de-AT',
    'de-Latn-AT-1996',
    'de-AT, en;q=0.9, de;q=0.8',
    'de-CH,en',
    'de,en-US;q=0.7,en;q=0.3',
    'fr-CH, fr;q=0.9, de;q=0.8, en;q=0.7, *;q=0.5',
    'en;q=0.8, de;q=0.9',
    'en;q=0, de;q=0.1',
    'en;q=0, *',
    'en;q=0.1, *',
    'fr, *;q=0.1, en;q=0',
    '*;q=0, de',
    ' , de ;q=1.0 ,',
    'de-AT, de;q=0.001',
    'x, de',
  ],
  en: [
    undefined,
    '',
    '*',
    '*;q=0',
    'fr',
    'en',
    'en-GB, de',
    'de;q=0.5, en;q=0.6',
    'de;q=0',
    'de;q=0, *',
    'de-AT, de;q=0',
    'en, de;q=0.9',
    '*, de;q=0.5',
    'en;q=0',
    'deu',
    'den-CA',
    'd',
    'de_DE',
    'fr, *',
    ';;;=,q,"',
    'zh-Hant;q=nonsense',
  ],
};

for (const [tag, values] of Object.entries(headers)) {
  for (const value of values) {
    test(`Accept-Language ${JSON.stringify(value) ?? 'that is missing'} gets ${tag} (RFC 4647 section 3.4)`, () => {
      assert.equal(chooseLanguage(value), tag);
    });
  }
}

test('every header gets one of the languages', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('de', 'en', '*', '-AT', ';q=', '0', '1', '.5', ',', ';', '"', ' '),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      assert.ok(languageTags.includes(chooseLanguage(parts.join(''))));
    }),
  );
});

test('what stands beyond the bound is not read, nor the range that the bound cuts in two', () => {
  const fill = (length: number) => 'fr,'.repeat(Math.ceil(length / 3)).slice(-length);
  assert.equal(chooseLanguage(`${fill(MAX_ACCEPT_LANGUAGE_LENGTH - 2)}de`), 'de');
  assert.equal(chooseLanguage(`${fill(MAX_ACCEPT_LANGUAGE_LENGTH)}de`), 'en');
  assert.equal(chooseLanguage(`en;q=0.1,${fill(MAX_ACCEPT_LANGUAGE_LENGTH - 12)}de-AT`), 'en');
  assert.equal(chooseLanguage(`de${'-a'.repeat(MAX_ACCEPT_LANGUAGE_LENGTH)}`), 'en');
});
