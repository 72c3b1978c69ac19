import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { generatePassword } from '../people/password.ts';
import { checkNewPassword } from './check-new-password.ts';

const alice = { userName: 'alice.example', displayName: 'Alice Örtel' };
const rules = { minLength: 15 };

async function faultOf(password: string, minLength = 15): Promise<string | undefined> {
  return (await checkNewPassword(password, { minLength }, alice))?.kind;
}

for (const password of [
  ...[
    'passwordpassword',
    'Passwort-Passwort1',
    'P@ssw0rdP@ssw0rd',
    'Welcome2026Welcome!',
    'Summer2026Winter2027',
  ],
  ...[
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '1234567890123456',
    'qwertzuiopqwertzuiop',
    '9876543210987654',
  ],
  ...['................', 'iloveyou12345678', 'changeme-latchkey'],
]) {
  test(`the password ${password}, which guessers try early, is refused`, async () => {
    assert.equal(await faultOf(password), 'predictable');
  });
}

for (const password of [
  'alice.example-2026',
  'Alice Örtel 12345',
  'exampleAlice!2026',
  'al1ce.ex@mple-2026',
]) {
  test(`the password ${password} is refused to the person whose name it is`, async () => {
    assert.equal(await faultOf(password), 'predictable');
    assert.equal(await checkNewPassword('correct horse battery', rules, alice), undefined);
  });
}

for (const password of [
  ...[
    'correct horse battery',
    'alice sells old maps',
    '839201748295017364',
    'пароль с чужими словами',
    'xK9!vT2#qL7@mR4',
  ],
]) {
  test(`the password ${password} is taken`, async () => assert.equal(await faultOf(password), undefined));
}

test('a password has characters enough, counted as people see them, and bytes not too many', async () => {
  assert.deepEqual(await checkNewPassword('x'.repeat(7), { minLength: 8 }), { kind: 'tooShort', least: 8 });
  assert.equal(await faultOf('🦔🦕🦖🦗🦘🦙🦚', 8), 'tooShort', 'a character outside the BMP is one');
  assert.equal(await faultOf('vt kzq fjw 8jq2', 15), undefined);
  assert.deepEqual(await checkNewPassword('ä'.repeat(513), rules), { kind: 'tooLong', mostBytes: 1024 });
});

test('a password has no character that a form cannot send', async () => {
  const fault = { kind: 'controlCharacter', name: 'U+0009' };
  assert.deepEqual(await checkNewPassword('correct\thorse battery', rules), fault);
});

test('every generated password is taken, whoever it is for', async () => {
  for (let count = 0; count < 200; count += 1) assert.equal(await faultOf(generatePassword()), undefined);
});

test('any text gets an answer, the longest within the time of one request', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      const fault = await checkNewPassword(text, { minLength: 8 }, { userName: text, displayName: text });
      assert.ok(fault === undefined || typeof fault.kind === 'string');
    }),
    { numRuns: 200, seed: 20_260_101 },
  );
  assert.equal(await faultOf('password1'.repeat(113)), 'predictable');
});
