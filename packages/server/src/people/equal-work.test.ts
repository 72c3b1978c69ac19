import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { mock, test } from 'node:test';

// Who measures how long an answer takes learns no more from it than from the answer itself: the same is computed, and the same is
// asked of the store. Time is measured by `npm run bench:timing`.

const PASSWORD = 'correct horse';
const work: string[] = [];
const { argon2 } = crypto;
mock.method(crypto, 'argon2', (...args: Parameters<typeof argon2>) => {
  const [algorithm, { memory, passes, parallelism, tagLength }] = args;
  work.push(`${algorithm} ${[memory, passes, parallelism, tagLength]}`);
  argon2(...args);
});
syncBuiltinESMExports();
// Only now, as they keep the function that they find.
const { createTestContext, origin } = await import('../fixtures/test-context.ts');
const { openSqliteStore } = await import('../store/sqlite/sqlite-store.ts');
const { addTotp, renewRecoveryCodes } = await import('../factors/own-factors.ts');
const { findPendingSignIn, issuePendingSignIn } = await import('../factors/pending-sign-in.ts');
const { issueTotpEnrolment } = await import('../factors/totp-enrolment.ts');
const { showSecondFactor } = await import('./second-factor.ts');
const { signIn, startSignInSession } = await import('./sign-in.ts');
const { totpCode } = await import('../factors/testing/totp-code.ts');

/** Notes the name of every function that is called. */
function observed<Part extends object>(part: Part, name: string): Part {
  return new Proxy(part, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (property === 'factors') return observed(value as object, `${name}.factors`);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        work.push(`${name}.${String(property)}`);
        return value.apply(target, args);
      };
    },
  });
}

/** What is done until a promise settles. */
async function workOf(act: () => Promise<unknown>): Promise<readonly string[]> {
  work.length = 0;
  await act();
  return [...work];
}

async function createContext() {
  const store = observed(openSqliteStore(':memory:'), 'store');
  const users = [
    { userName: 'alice', password: PASSWORD },
    { userName: 'disabled', password: PASSWORD, disabled: true },
    { userName: 'without' },
  ];
  return createTestContext({
    users,
    store,
    limits: { passwordFailuresPerUser: 100, passwordFailuresPerAddress: 100 },
  });
}

test('a sign-in costs the same whether nobody has the name, or the password is wrong', async () => {
  const context = await createContext();
  const attempt = (userName: string) =>
    workOf(() => signIn(context, { userName, password: 'wrong', origin }));
  const expected = await attempt('nobody');
  assert.equal(expected.filter((each) => each.startsWith('argon2id ')).length, 1);
  for (const userName of ['alice', 'disabled', 'without', 'nobody else']) {
    assert.deepEqual(await attempt(userName), expected, userName);
  }
});

test('a sign-in beyond the limit costs the same for every name, and compares nothing', async () => {
  const context = await createTestContext({
    users: [{ userName: 'alice', password: PASSWORD }],
    store: observed(openSqliteStore(':memory:'), 'store'),
    limits: { passwordFailuresPerUser: 1, passwordFailuresPerAddress: 100 },
  });
  const limited = async (userName: string, password: string) => {
    await signIn(context, { userName, password: 'wrong', origin });
    return workOf(() => signIn(context, { userName, password, origin }));
  };
  const expected = await limited('nobody', 'wrong');
  assert.ok(!expected.some((each) => each.startsWith('argon2id ')));
  assert.deepEqual(await limited('alice', PASSWORD), expected);
});

test('a TOTP code or recovery code that was used costs the same as a wrong one', async () => {
  const context = await createContext();
  const user = await context.directory.findUserByName('alice');
  assert.ok(user);
  const { session } = await startSignInSession(context, user, { origin });
  const enrolment = issueTotpEnrolment(context, user);
  const code = () => totpCode(enrolment.secret, context.now());
  const added = { enrolment: enrolment.value, code: code(), name: 'Phone' };
  assert.equal(await addTotp(context, { session, origin }, added), 'added');
  context.advance({ minutes: 2 });
  const [recoveryCode = '', other = ''] = (await renewRecoveryCodes(context, { session, origin })) ?? [];

  const show = async (kind: 'totp' | 'recoveryCode', text: string) => {
    const found = await findPendingSignIn(context, issuePendingSignIn(context, user).value);
    assert.ok(found);
    let result: string | undefined;
    const done = await workOf(async () => {
      result = (await showSecondFactor(context, { ...found, shown: { kind, text }, origin })).kind;
    });
    return { result, done };
  };
  const rightCode = code();
  assert.equal((await show('totp', rightCode)).result, 'signedIn');
  const usedCode = await show('totp', rightCode);
  assert.equal(usedCode.result, 'refused');
  const wrongCode = rightCode.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
  assert.deepEqual(await show('totp', wrongCode), usedCode);

  assert.equal((await show('recoveryCode', recoveryCode)).result, 'signedIn');
  const usedRecoveryCode = await show('recoveryCode', recoveryCode);
  assert.equal(usedRecoveryCode.result, 'refused');
  const wrongRecoveryCode = other.replace(/.$/, (letter) => (letter === '0' ? '1' : '0'));
  assert.deepEqual(await show('recoveryCode', wrongRecoveryCode), usedRecoveryCode);
});
