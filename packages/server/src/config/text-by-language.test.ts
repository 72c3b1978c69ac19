import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, problemsIn } from './testing/load-text.ts';

test('a text for pages is one for all languages, or one for each of some', async () => {
  const { branding } = await load(
    'branding:\n  supportText: Ask us\n  message:\n    en: Good morning.\n    de: |\n      Guten Morgen.\n',
  );
  assert.equal(branding.supportText, 'Ask us');
  assert.deepEqual(branding.message, { en: 'Good morning.', de: 'Guten Morgen.' });
  assert.deepEqual((await load('branding: { supportText: { de: Hilfe } }')).branding.supportText, {
    de: 'Hilfe',
  });
});

test('what is wrong with a text for pages is said with its place: the language, or the whole text', async () => {
  const expected =
    'expected a line of 1 to 60 characters, or a mapping with such a text for a language (en, de) or several';
  for (const [value, problem] of [
    ['{ fr: Aide }', '1:28: branding.supportText: unknown key "fr"; known are en, de'],
    ['{ DE: Hilfe }', '1:28: branding.supportText: unknown key "DE"; did you mean "de"?'],
    [
      '{ en: 1, de: Hilfe }',
      '1:32: branding.supportText.en: expected a line of 1 to 60 characters, got the number 1; put it in quotes: "1"',
    ],
    ['{ en: "" }', '1:32: branding.supportText.en: expected a line of 1 to 60 characters, got ""'],
    ['{}', `1:26: branding.supportText: ${expected}, got a mapping`],
    ['[Help]', `1:26: branding.supportText: ${expected}, got a list`],
    ['1', `1:26: branding.supportText: ${expected}, got the number 1; put it in quotes: "1"`],
  ] as const) {
    assert.deepEqual(
      await problemsIn(`branding: { supportText: ${value} }`),
      [`latchkey.yaml:${problem}`],
      value,
    );
  }
});

test('an environment variable gives a text for pages as it is, or as JSON with one for each language', async () => {
  const given = async (LATCHKEY_BRANDING_MESSAGE: string) =>
    (await load('', { LATCHKEY_BRANDING_MESSAGE })).branding.message;
  assert.equal(await given('Guten Morgen.'), 'Guten Morgen.');
  assert.equal(await given('{Guten Morgen}'), '{Guten Morgen}');
  assert.deepEqual(await given('{"en": "Good morning.", "de": "Guten Morgen."}'), {
    en: 'Good morning.',
    de: 'Guten Morgen.',
  });
  await assert.rejects(
    given('{"fr": "Bonjour."}'),
    /LATCHKEY_BRANDING_MESSAGE: branding\.message: unknown key "fr"/,
  );
});
