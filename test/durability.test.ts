import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import {
  type Credentials,
  poll,
  portal,
  post,
  refresh,
  register,
  startDevice,
} from '../packages/server/src/http/testing/api.ts';
import { type ServedInstance, serve, writeConfig } from './serving.ts';

/** After how many answers the server is ended each time, with as many devices as this asking on. */
const ENDED_AFTER_ANSWERS = [30, 170, 75, 260];
const DEVICES_AT_ONCE = 24;

const steps = ['started', 'allowed', 'redeemed', 'refreshed', 'loggedOut'] as const;
type Step = (typeof steps)[number];

/** What a device knows of its sign-in from the answers it was given. */
interface SignIn {
  readonly client: Credentials;
  readonly deviceCode: string;
  readonly userCode: string;
  /** The last step that was answered, and the last that was asked for: the server died in between, if they differ. */
  answered: Step;
  asked: Step;
  accessToken: string;
  refreshToken: string;
}

/** Devices that sign in, refresh and log out, one after another, until the server answers no more. */
async function useUntilDead(server: ServedInstance, signIns: SignIn[], answered: () => void): Promise<void> {
  const client = await register(server);
  for (let round = 0; ; round += 1) {
    const device = await startDevice(server, client);
    const started = { answered: 'started', asked: 'started', accessToken: '', refreshToken: '' } as const;
    const signIn: SignIn = { client, ...device, ...started };
    signIns.push(signIn);
    answered();
    const last: Step = round % 2 === 0 ? 'loggedOut' : 'refreshed';
    for (const step of steps.slice(1, steps.indexOf(last) + 1)) {
      signIn.asked = step;
      await take(server, signIn, step);
      signIn.answered = step;
      answered();
    }
  }
}

async function take(server: ServedInstance, signIn: SignIn, step: Step): Promise<void> {
  const { client, deviceCode, userCode, accessToken, refreshToken } = signIn;
  switch (step) {
    case 'allowed':
      return assertOk(await post(server, '/testing/approve', { userCode, userName: 'alice' }));
    case 'redeemed':
      return keepTokens(signIn, await poll(server, client, deviceCode));
    case 'refreshed':
      return keepTokens(signIn, await refresh(server, client, refreshToken));
    case 'loggedOut':
      return assertOk(await portal(server, '/logout', accessToken, 'POST'));
  }
}

type Answer = Awaited<ReturnType<typeof post>>;

function assertOk({ status, text }: Answer): void {
  assert.equal(status, 200, text);
}

function keepTokens(signIn: SignIn, answer: Answer): void {
  assertOk(answer);
  signIn.accessToken = String(answer.members['accessToken']);
  signIn.refreshToken = String(answer.members['refreshToken']);
}

/** Uses what each device was told that it has. Where the answer to a step was lost, both of its outcomes are right. */
async function account(server: ServedInstance, signIn: SignIn): Promise<void> {
  const { client, deviceCode, answered, asked } = signIn;
  switch (answered) {
    case 'started': {
      const answer = await poll(server, client, deviceCode);
      if (asked === 'allowed' && answer.status === 200) return keepTokens(signIn, answer);
      return assert.equal(answer.members['error'], 'authorization_pending', answer.text);
    }
    case 'allowed':
      return keepTokens(signIn, await poll(server, client, deviceCode));
    case 'redeemed':
    case 'refreshed': {
      const access = await portal(server, '/assignment/accounts', signIn.accessToken);
      if (asked === 'loggedOut' && access.status === 401) return assertLoggedOut(server, signIn);
      assertOk(access);
      return keepTokens(signIn, await refresh(server, client, signIn.refreshToken));
    }
    case 'loggedOut':
      return assertLoggedOut(server, signIn);
  }
}

async function assertLoggedOut(
  server: ServedInstance,
  { client, accessToken, refreshToken }: SignIn,
): Promise<void> {
  assert.equal((await portal(server, '/assignment/accounts', accessToken)).status, 401);
  assert.equal((await refresh(server, client, refreshToken)).members['error'], 'invalid_grant');
}

/** Uses the server from many devices, and ends it after so many answers. @returns what the devices then know */
async function useAndEnd(
  server: ServedInstance,
  answers: number,
  signal: 'SIGKILL' | 'SIGTERM',
): Promise<readonly SignIn[]> {
  const signIns: SignIn[] = [];
  let left = answers;
  let ended: Promise<unknown> | undefined;
  const answered = () => {
    left -= 1;
    if (left === 0) ended = server.stop(signal);
  };
  const devices = Array.from({ length: DEVICES_AT_ONCE }, () => useUntilDead(server, signIns, answered));
  const ends = await Promise.allSettled(devices);
  await ended;
  for (const end of ends) {
    assert.ok(end.status === 'rejected');
    assert.ok(end.reason instanceof TypeError, `stopped by ${end.reason}, not by a server that is gone`);
  }
  return signIns;
}

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`a server ended by ${signal} at any moment, under load, forgets nothing that it answered`, async (t) => {
    using folder = temporaryFolder();
    writeConfig(folder.path, { userName: 'alice' });
    for (const answers of signal === 'SIGKILL' ? ENDED_AFTER_ANSWERS : ENDED_AFTER_ANSWERS.slice(0, 1)) {
      const doomed = await serve(t, folder.path, { args: ['--testing'] });
      const signIns = await useAndEnd(doomed, answers, signal);
      const restarted = await serve(t, folder.path, { args: ['--testing'] });
      await Promise.all(signIns.map((signIn) => account(restarted, signIn)));
      await restarted.stop('SIGTERM');
    }
  });
}
