import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, type TestContext } from '../fixtures/test-context.ts';
import { findSignInSession, signIn } from '../people/sign-in.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { answerDeviceRequest } from './device-request.ts';
import { GrantError } from './grant-error.ts';
import {
  allowProgram,
  answerDevice,
  askFromDevice,
  poll,
  redeemProgram,
  refresh,
  register,
  signInAs,
  signInWithDevice,
} from './testing/steps.ts';
import { findAccess, type IssuedTokens } from './tokens.ts';

const PASSWORD = 'correct horse battery';
const enabled = { users: [{ userName: 'alice', password: PASSWORD }] };
const disabled = { users: [{ userName: 'alice', password: PASSWORD, disabled: true }] };

/** A store in whose calls, one after the other, a test can do something else first. */
class InterruptedStore {
  readonly store: Store;
  #callsLeft = Number.POSITIVE_INFINITY;
  #interrupt = async () => {};

  constructor(store: Store) {
    this.store = new Proxy(store, {
      get: (target, name) => {
        const method = target[name as keyof Store] as (...values: unknown[]) => unknown;
        if (name === 'newId') return method.bind(target);
        return async (...values: unknown[]) => {
          await this.#pass();
          return method.apply(target, values);
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
      await answerDeviceRequest(context, { userCode, decision: 'allow', session, origin });
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
      const { client, code } = await allowProgram(context, { session });
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
  test(`who is disabled while she ${name}, at whichever moment, gets nothing that opens anything, also once enabled again`, async () => {
    let moments = 0;
    for (let isInterrupted = true; isInterrupted; moments += 1) {
      const { interrupted, context, client } = await start();
      const deed = await prepare(context, client);
      interrupted.interruptAfter(moments, () => context.replaceDirectory(disabled));
      const outcome = await deed().catch((error: unknown) => {
        assert.ok(error instanceof GrantError, String(error));
        return {};
      });
      isInterrupted = interrupted.stop();
      if (!isInterrupted) await context.replaceDirectory(disabled);
      await assertNothingOpens(context, client, outcome);
      await context.replaceDirectory(enabled);
      await assertNothingOpens(context, client, outcome);
      await context.store.close();
    }
    assert.ok(moments > 1, 'it was disabled in the middle');
  });

  test(`who ${name}, and is not disabled, gets what opens something`, async () => {
    const { context, client } = await start();
    const deed = await prepare(context, client);
    await assert.rejects(assertNothingOpens(context, client, await deed()));
  });
}
