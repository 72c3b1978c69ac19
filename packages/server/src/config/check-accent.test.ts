import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, problemsIn } from './testing/load-text.ts';

test('an accent that is hard to read is refused with its contrast and a colour that is readable', async () => {
  assert.deepEqual(await problemsIn('branding: { accent: "#ff9900" }'), [
    'latchkey.yaml:1:21: branding.accent: expected a colour with a contrast of at least 4.5:1 (WCAG 2.2 AA) to the backgrounds of the light theme, got #ff9900 with 1.89:1; take a darker one, such as #9e5f00',
  ]);
  assert.match(
    (await problemsIn('branding: { accent: "#0d5f4b", accentDark: "#0d5f4b" }')).join('\n'),
    /:44: branding\.accentDark: .* dark theme, got #0d5f4b with \d\.\d\d:1; take a lighter one, such as #\w{6}$/,
  );
});

test('the colour that the message proposes is taken', async () => {
  for (const colour of ['#ff9900', '#ffffff', '#777777', '#00ff00']) {
    const [problem = ''] = await problemsIn(`branding: { accent: "${colour}" }`);
    const [proposed] = /#\w{6}$/.exec(problem) ?? [];
    assert.deepEqual(await problemsIn(`branding: { accent: "${proposed}" }`), [], problem);
  }
});

test('one accent serves both themes: it is lightened for the dark one', async () => {
  const { branding } = await load('branding: { accent: "#7a2e8f" }');
  assert.equal(branding.accent?.light, '#7a2e8f');
  assert.notEqual(branding.accent?.dark, '#7a2e8f');
  const both = await load('branding: { accent: "#7a2e8f", accentDark: "#d7a6f2" }');
  assert.deepEqual(both.branding.accent, { light: '#7a2e8f', dark: '#d7a6f2' });
  assert.equal((await load('')).branding.accent, undefined);
});

test('what is no colour, no web address, too long or has control characters is refused', async () => {
  const refused = {
    accent: '"#fff"',
    accentDark: 'red',
    name: `"${'n'.repeat(41)}"`,
    supportUrl: '"javascript:alert(1)"',
    supportText: '"two\\nlines"',
    message: `"${'m'.repeat(1001)}"`,
  };
  for (const [key, value] of Object.entries(refused)) {
    assert.match(
      (await problemsIn(`branding: { ${key}: ${value} }`)).join(),
      new RegExp(`branding\\.${key}: expected`),
    );
  }
  assert.match(
    (await problemsIn('branding: { message: "a\\u0007b" }')).join(),
    /branding\.message: expected text/,
  );
});

test('a message of the day keeps its line breaks, but for those at its ends', async () => {
  const { branding } = await load('branding:\n  message: |\n    First line.\n\n    Third line.\n');
  assert.equal(branding.message, 'First line.\n\nThird line.');
});
