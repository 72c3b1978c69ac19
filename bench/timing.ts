/**
 * Compares how long sign-ins take that must not be told apart by their time: `npm run bench:timing [-- --samples N]`.
 *
 * Both of a pair are measured by turns, in random order, one at a time. Of each pair it prints the medians, the difference of the
 * medians with its 95 % interval (bootstrap), and how often a guess by one measured time is right: a coin is right in 50 %.
 * That the same work is done is a test: packages/server/src/people/equal-work.test.ts.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { showProgress } from '../packages/server/src/cli/progress-bar.ts';
import { addTotp, renewRecoveryCodes } from '../packages/server/src/factors/own-factors.ts';
import { findPendingSignIn, issuePendingSignIn } from '../packages/server/src/factors/pending-sign-in.ts';
import { totpCode } from '../packages/server/src/factors/testing/totp-code.ts';
import { issueTotpEnrolment } from '../packages/server/src/factors/totp-enrolment.ts';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { createTestContext, origin, type TestContext } from '../packages/server/src/fixtures/test-context.ts';
import type { User } from '../packages/server/src/people/directory.ts';
import { type ShownFactor, showSecondFactor } from '../packages/server/src/people/second-factor.ts';
import { signIn, startSignInSession } from '../packages/server/src/people/sign-in.ts';
import { openSqliteStore } from '../packages/server/src/store/sqlite/sqlite-store.ts';
import { ascending, median, quantile } from './load/statistics.ts';

const PASSWORD = 'correct horse battery';
const RESAMPLES = 1000;

const { values } = parseArgs({ options: { samples: { type: 'string', default: '200' } } });
const samples = Number(values.samples);
if (!Number.isSafeInteger(samples) || samples < 10) {
  console.error(`Cannot measure ${values.samples} samples: expected a number of 10 or more`);
  process.exit(2);
}

/** Two sign-ins that must not be told apart. */
interface Pair {
  readonly what: string;
  readonly names: readonly [one: string, other: string];
  /** Makes both for a sample, outside of what is measured. */
  prepare(sample: number): Promise<readonly [one: () => Promise<unknown>, other: () => Promise<unknown>]>;
}

using folder = temporaryFolder();
const context = await createTestContext({
  users: [
    { userName: 'alice', password: PASSWORD },
    ...Array.from({ length: samples }, (_, index) => ({ userName: `user-${index}` })),
  ],
  store: openSqliteStore(join(folder.path, 'latchkey.db')),
  limits: { passwordFailuresPerUser: 1e6, passwordFailuresPerAddress: 1e6 },
});

const pairs: readonly Pair[] = [
  {
    what: 'a wrong password',
    names: ['for a name that nobody has', 'for a name that somebody has'],
    async prepare() {
      const attempt = (userName: string) => () => signIn(context, { userName, password: 'wrong', origin });
      return [attempt('nobody'), attempt('alice')];
    },
  },
  {
    what: 'a TOTP code',
    names: ['that is wrong', 'that was used'],
    async prepare(sample) {
      const user = await findUser(`user-${sample}`);
      const right = totpCode(await addApp(context, user), context.now());
      await show(user, { kind: 'totp', text: right })();
      const wrong = right.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
      return [show(user, { kind: 'totp', text: wrong }), show(user, { kind: 'totp', text: right })];
    },
  },
  {
    what: 'a recovery code',
    names: ['that is wrong', 'that was used'],
    async prepare(sample) {
      const user = await findUser(`user-${sample}`);
      const { session } = await startSignInSession(context, user, { origin });
      const [used = '', other = ''] = (await renewRecoveryCodes(context, { session, origin })) ?? [];
      await show(user, { kind: 'recoveryCode', text: used })();
      const wrong = other.replace(/.$/, (letter) => (letter === '0' ? '1' : '0'));
      return [
        show(user, { kind: 'recoveryCode', text: wrong }),
        show(user, { kind: 'recoveryCode', text: used }),
      ];
    },
  },
];

const progress = showProgress(pairs.length * samples);
for (const [index, pair] of pairs.entries()) {
  const times: readonly [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    progress.advance(index * samples + sample, pair.what);
    const both = await pair.prepare(sample);
    for (const which of Math.random() < 0.5 ? ([0, 1] as const) : ([1, 0] as const)) {
      times[which].push(await timed(both[which]));
    }
  }
  progress.end();
  report(pair, times);
}

async function findUser(userName: string): Promise<User> {
  const user = await context.directory.findUserByName(userName);
  if (user === undefined) throw new Error(`There is no user ${userName}`);
  return user;
}

async function addApp(testContext: TestContext, user: User): Promise<Uint8Array> {
  const { session } = await startSignInSession(testContext, user, { origin });
  const enrolment = issueTotpEnrolment(testContext, user);
  const code = totpCode(enrolment.secret, testContext.now());
  await addTotp(testContext, { session, origin }, { enrolment: enrolment.value, code, name: 'Phone' });
  testContext.advance({ minutes: 2 });
  return enrolment.secret;
}

function show(user: User, shown: ShownFactor): () => Promise<unknown> {
  return async () => {
    const found = await findPendingSignIn(context, issuePendingSignIn(context, user).value);
    return found && showSecondFactor(context, { ...found, shown, origin });
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

function report({ what, names }: Pair, [one, other]: readonly [readonly number[], readonly number[]]): void {
  const differences = Array.from(
    { length: RESAMPLES },
    () => median(resample(other)) - median(resample(one)),
  );
  const sorted = differences.toSorted(ascending);
  const [low, high] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  console.log(`${what}, ${one.length} times each:
  ${names[0]}: median ${median(one).toFixed(3)} ms
  ${names[1]}: median ${median(other).toFixed(3)} ms
  difference of the medians: ${(median(other) - median(one)).toFixed(3)} ms (95 %: ${low.toFixed(3)} to ${high.toFixed(3)})
  a guess by one time is right in ${(100 * shareGuessedRight(one, other)).toFixed(1)} %`);
}

function resample(times: readonly number[]): readonly number[] {
  return times.map(() => times[Math.floor(Math.random() * times.length)] as number);
}

/** How often the longer of two times is of the kind whose times are longer: the area under the ROC curve. */
function shareGuessedRight(one: readonly number[], other: readonly number[]): number {
  let longer = 0;
  for (const a of one) for (const b of other) longer += b > a ? 1 : b === a ? 0.5 : 0;
  const share = longer / (one.length * other.length);
  return Math.max(share, 1 - share);
}
