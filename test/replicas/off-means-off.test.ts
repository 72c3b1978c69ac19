import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Instance } from '../../packages/server/src/http/testing/api.ts';
import {
  poll,
  portal,
  post,
  refresh,
  register,
  startDevice,
} from '../../packages/server/src/http/testing/api.ts';
import { Caller, type Keys } from '../../packages/server/src/sts/testing/caller.ts';
import type { Latchkey } from '../../packages/server/src/testing-kit/mod.ts';
import { START_URL, type Stand, testStand } from '../postgresql/harness/stand.ts';
import { isLong } from './harness/long.ts';

const SESSIONS = isLong ? 9_990 : 90;
/** Of each way to end what somebody has. */
const PEOPLE = isLong ? 30 : 3;
const AT_ONCE = 24;
const ROLE = { accountId: '111122223333', roleName: 'Developer' };

type Way = 'ended' | 'blocked' | 'taken';
const WAYS: readonly Way[] = ['ended', 'blocked', 'taken'];

/** A program that a person has signed in, with role credentials that it got. */
interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly keys: Keys;
}

interface Person {
  readonly userName: string;
  readonly way: Way;
  readonly sessions: readonly Session[];
}

/** How many requests began after the answer by which their session ended, and how many of them were accepted. */
class Count {
  asked = 0;
  accepted = 0;

  note(isAccepted: boolean): void {
    this.asked += 1;
    this.accepted += Number(isAccepted);
  }
}

/** Does something for each item, some at once. */
async function forEach<Item>(items: Iterable<Item>, act: (item: Item) => Promise<unknown>): Promise<void> {
  const left = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

testStand(
  `of the requests that begin after the answer by which one of three replicas ends some of ${SESSIONS} sessions, the others accept none`,
  async (stand, folder) => {
    const people = WAYS.flatMap((way) =>
      Array.from({ length: PEOPLE }, (_, index) => ({ way, userName: `${way}-${index}` })),
    );
    writeFileSync(path.join(folder, 'latchkey.yaml'), JSON.stringify(configOf(people)));
    await stand.init();
    const more = ['--testing'];
    const replicas = await Promise.all(
      ['one', 'two', 'three'].map((name) => stand.serve(name, {}, { more })),
    );
    const one = replicas[0]!;
    const others = replicas.slice(1);
    // By command: an assignment of the file is taken away in the file.
    for (const { userName } of people) await run(stand, 'assign', 'add', ...roleOf(userName));
    const client = await register(one);

    const signIn = async (userName: string, first: number): Promise<Session> => {
      const at = (step: number) => replicas[(first + step) % replicas.length]!;
      const { deviceCode, userCode } = await startDevice(at(0), client);
      const approved = await post(at(1), '/testing/approve', { userCode, userName });
      assert.equal(approved.status, 200, approved.text);
      const { members } = await poll(at(2), client, deviceCode);
      const { accessToken, refreshToken } = members as Record<'accessToken' | 'refreshToken', string>;
      const query = `account_id=${ROLE.accountId}&role_name=${ROLE.roleName}`;
      const credentials = await portal(at(3), `/federation/credentials?${query}`, accessToken);
      assert.equal(credentials.status, 200, credentials.text);
      return { accessToken, refreshToken, keys: Object(credentials.members['roleCredentials']) };
    };
    const signedIn: Person[] = people.map((person) => ({ ...person, sessions: [] }));
    // In turns: a person who looks up more user codes at once than the limit allows is told to wait.
    await forEach(Array(SESSIONS).keys(), async (number) => {
      const { userName, sessions } = signedIn[number % people.length]!;
      (sessions as Session[]).push(await signIn(userName, number));
    });

    const kinds = {
      portal: async (replica: Instance, { accessToken }: Session) =>
        (await portal(replica, '/assignment/accounts', accessToken)).status === 200,
      refresh: async (replica: Instance, { refreshToken }: Session) =>
        (await refresh(replica, client, refreshToken)).status === 200,
      sts: async (replica: Instance, { keys }: Session) => {
        const caller = new Caller({ ...replica, clock: Date } as unknown as Latchkey, keys);
        return (await caller.deliver(await caller.sign())).status === 200;
      },
    };
    const before = new Count();
    await forEach(signedIn, async ({ sessions: [session] }) => {
      for (const replica of replicas)
        for (const ask of Object.values(kinds)) before.note(await ask(replica, session!));
    });
    assert.equal(before.accepted, before.asked, 'all were let in before');

    const counts = { portal: new Count(), refresh: new Count(), sts: new Count() };
    const probe = async (session: Session, of: readonly (keyof typeof kinds)[]) => {
      for (const replica of others)
        for (const kind of of) counts[kind].note(await kinds[kind](replica, session));
    };
    const all = Object.keys(kinds) as (keyof typeof kinds)[];
    for (const { way, userName, sessions } of signedIn) {
      if (way === 'ended') {
        await forEach(sessions, async (session) => {
          assert.equal((await portal(one, '/logout', session.accessToken, 'POST')).status, 200);
          await probe(session, all);
        });
      } else {
        if (way === 'blocked') await run(stand, 'user', 'block', userName);
        else await run(stand, 'assign', 'remove', ...roleOf(userName));
        await forEach(sessions, (session) => probe(session, way === 'blocked' ? all : ['sts']));
      }
    }
    const asked = Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, count.asked]));
    console.log(
      `${SESSIONS} sessions; asked after their end, at the two other replicas: ${JSON.stringify(asked)}`,
    );
    for (const [kind, { accepted }] of Object.entries(counts)) assert.equal(accepted, 0, kind);
    assert.deepEqual(
      asked,
      { portal: (SESSIONS / 3) * 4, refresh: (SESSIONS / 3) * 4, sts: SESSIONS * 2 },
      'nothing was left out',
    );
    await Promise.all(replicas.map((replica) => replica.stop()));
  },
);

/** Runs a command by the socket of the first replica, as an operator on its machine does. */
async function run(stand: Stand, ...words: readonly string[]): Promise<void> {
  const { code, stderr } = await stand.run([...words, '--data-dir', 'one']);
  assert.equal(code, 0, stderr);
}

function roleOf(userName: string): readonly string[] {
  return ['--user', userName, '--account', ROLE.accountId, '--permission-set', ROLE.roleName];
}

function configOf(people: readonly Pick<Person, 'userName'>[]) {
  return {
    ...{ shutdown: { drain: '0s' }, instance: { startUrls: [START_URL] } },
    limits: { deviceAuthorizationsPerAddressPerMinute: 1_000_000 },
    users: people.map(({ userName }) => ({ userName })),
    accounts: [{ id: ROLE.accountId, name: 'Sandbox' }],
    permissionSets: [{ name: ROLE.roleName }],
  };
}
