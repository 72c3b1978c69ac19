import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, type TestContext } from '../fixtures/test-context.ts';
import {
  findSignInSession,
  type SignInSession,
  signIn,
  signOut,
  startSignInSession,
} from '../people/sign-in.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { apply } from '../store/testing/directory/fixtures.ts';
import { answerAuthorizationRequest } from './authorization-answer.ts';
import type { Client } from './client.ts';
import { answerDeviceRequest } from './device-request.ts';
import { GrantError } from './grant-error.ts';
import {
  answerDevice,
  askFromDevice,
  askFromProgram,
  poll,
  redeemProgram,
  refresh,
  register,
  signInAs,
  signInWithDevice,
} from './testing/steps.ts';
import { findAccess, type IssuedTokens } from './tokens.ts';

const PASSWORD = 'correct horse battery';
/** What ends what a person began, whose name ends the title of a test, and what takes it back. */
const endings: Readonly<
  Record<'disabled' | 'blocked', Record<'end' | 'takeBack', (context: TestContext) => Promise<void>>>
> = {
  disabled: {
    end: (context) => context.replaceDirectory(disabled),
    takeBack: (context) => context.replaceDirectory(enabled),
  },
  blocked: {
    end: (context) => change(context, 'blockUser'),
    takeBack: (context) => change(context, 'unblockUser'),
  },
};

async function change(context: TestContext, kind: 'blockUser' | 'unblockUser' | 'signOutEverywhere') {
  const alice = await context.store.findEntry('user', { nameKey: 'alice' });
  assert.ok(alice);
  await apply(context.store, 'command', [{ kind, userId: alice.id }]);
}

const enabled = { users: [{ userName: 'alice', password: PASSWORD }] };
const disabled = { users: [{ userName: 'alice', password: PASSWORD, disabled: true }] };

/** A store in whose calls, one after the other, a test can do something else first. */
class InterruptedStore {
  readonly store: Store;
  #callsLeft = Number.POSITIVE_INFINITY;
  #interrupt = async () => {};

  constructor(store: Store) {
    this.store = this.#interruptible(store);
  }

  #interruptible<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member === 'object' && member !== null) return this.#interruptible(member);
        if (typeof member !== 'function') return member;
        return async (...values: unknown[]) => {
          await this.#pass();
          return member.apply(target, values);
        };
      },
    });
  }

  /** Runs `interrupt` before the call that comes after so many others. */
  interruptAfter(calls: number, interrupt: () => Promise<void>): void {
    this.#callsLeft = calls;
    this.#interrupt = interrupt;
  }

  /** @returns whether there were so many calls that the interrupt ran */
  stop(): boolean {
    const ran = this.#callsLeft < 0;
    this.#callsLeft = Number.POSITIVE_INFINITY;
    return ran;
  }

  async #pass(): Promise<void> {
    this.#callsLeft -= 1;
    if (this.#callsLeft === -1) await this.#interrupt();
  }
}

type Prepared = () => Promise<unknown>;

/** Each thing that Alice or her program does, made ready; it gives what may open something for her. */
const deeds: Readonly<Record<string, (context: TestContext, client: Client) => Promise<Prepared>>> = {
  'signs in': async (context) => () => signIn(context, { userName: 'alice', password: PASSWORD, origin }),
  'allows a device': async (context, client) => {
    const session = await signInAs(context, 'alice');
    const { userCode, deviceCode } = await askFromDevice(context, client);
    return async () => {
      await answerDeviceRequest(context, { userCode, decision: 'allow', ending: userCode, session, origin });
      return { deviceCode };
    };
  },
  'redeems a device code': async (context, client) => {
    const { userCode, deviceCode } = await askFromDevice(context, client);
    await answerDevice(context, userCode, 'allow');
    return () => poll(context, client, deviceCode);
  },
  'allows a program and redeems its code': async (context) => {
    const session = await signInAs(context, 'alice');
    return async () => {
      const { client, request, query } = askFromProgram(context);
      const answer = { request, query, session, origin, decision: 'allow' } as const;
      const answered = await answerAuthorizationRequest(context, answer);
      if (answered.kind === 'signedOut') return {};
      assert.ok(answered.kind === 'answered');
      const code = new URL(answered.location).searchParams.get('code') ?? '';
      return redeemProgram(context, client, { code });
    };
  },
  refreshes: async (context, client) => {
    const { refreshToken } = await signInWithDevice(context, client);
    return () => refresh(context, client, refreshToken);
  },
};

async function start() {
  const interrupted = new InterruptedStore(openSqliteStore(':memory:'));
  const context = await createTestContext({ ...enabled, store: interrupted.store });
  return { interrupted, context, client: register(context) };
}

/** That nothing of what came of a deed opens anything. */
async function assertNothingOpens(context: TestContext, client: Client, outcome: unknown): Promise<void> {
  const { token, accessToken, refreshToken, deviceCode } = outcome as Partial<IssuedTokens> & {
    readonly token?: string;
    readonly deviceCode?: string;
  };
  if (token !== undefined) assert.equal(await findSignInSession(context, token), undefined);
  if (accessToken !== undefined) assert.equal(await findAccess(context, accessToken), undefined);
  if (refreshToken !== undefined) await assert.rejects(refresh(context, client, refreshToken), GrantError);
  if (deviceCode !== undefined) await assert.rejects(poll(context, client, deviceCode), GrantError);
}

for (const [name, prepare] of Object.entries(deeds)) {
  for (const [ended, { end, takeBack }] of Object.entries(endings)) {
    test(`who is ${ended} while she ${name}, at whichever moment, gets nothing that opens anything, also once that is taken back`, async () => {
      let moments = 0;
      for (let isInterrupted = true; isInterrupted; moments += 1) {
        const { interrupted, context, client } = await start();
        const deed = await prepare(context, client);
        interrupted.interruptAfter(moments, () => end(context));
        const outcome = await deed().catch((error: unknown) => {
          assert.ok(error instanceof GrantError, String(error));
          return {};
        });
        isInterrupted = interrupted.stop();
        if (!isInterrupted) await end(context);
        await assertNothingOpens(context, client, outcome);
        await takeBack(context);
        await assertNothingOpens(context, client, outcome);
        await context.store.close();
      }
      assert.ok(moments > 1, `she was ${ended} in the middle`);
    });
  }

  test(`who ${name}, and is not disabled, gets what opens something`, async () => {
    const { context, client } = await start();
    const deed = await prepare(context, client);
    await assert.rejects(assertNothingOpens(context, client, await deed()));
  });
}

/** Each answer that gives something, made ready by Alice. */
const answers: Readonly<
  Record<
    string,
    (context: TestContext, client: Client, session: SignInSession) => Promise<() => Promise<{ kind: string }>>
  >
> = {
  'allows a device': async (context, client, session) => {
    const { userCode } = await askFromDevice(context, client);
    return () =>
      answerDeviceRequest(context, { userCode, decision: 'allow', ending: userCode, session, origin });
  },
  'allows a program': async (context, _, session) => {
    const { request, query } = askFromProgram(context);
    return () => answerAuthorizationRequest(context, { request, query, decision: 'allow', session, origin });
  },
};

const signedOut: Readonly<Record<string, (context: TestContext, session: SignInSession) => Promise<void>>> = {
  'is disabled': endings.disabled.end,
  'is blocked': endings.blocked.end,
  'is signed out everywhere': (context) => change(context, 'signOutEverywhere'),
  'signs out in another tab': (context, session) => signOut(context, session, origin),
  'signs in anew in another tab': async (context, session) => {
    await startSignInSession(context, session.user, { origin, replaced: [session] });
  },
};

for (const [name, prepare] of Object.entries(answers)) {
  for (const [ended, end] of Object.entries(signedOut)) {
    test(`who ${ended} while she ${name}, at whichever moment before it is written, is signed out, and nothing is audited as allowed`, async () => {
      for (let moments = 0; ; moments += 1) {
        const { interrupted, context, client } = await start();
        const session = await signInAs(context, 'alice');
        const answer = await prepare(context, client, session);
        interrupted.interruptAfter(moments, () => end(context, session));
        const { kind } = await answer();
        const isInterrupted = interrupted.stop();
        const allowed = context.events.filter(({ event }) => /Allowed$/.test(event));
        assert.deepEqual([kind, allowed.length], isInterrupted ? ['signedOut', 0] : ['answered', 1]);
        await context.store.close();
        if (!isInterrupted) break;
      }
    });
  }
}
