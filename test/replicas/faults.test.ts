import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Instance } from '../../packages/server/src/http/testing/api.ts';
import { administer } from '../postgresql/harness/administer.ts';
import { type PostgresqlServer, startPostgresql, startStandby } from '../postgresql/harness/server.ts';
import { PASSWORD, START_URL, type Stand, testStand } from '../postgresql/harness/stand.ts';
import { type Balancer, skipWithoutBalancer, startBalancer } from './harness/balancer.ts';
import { Load } from './harness/load.ts';
import { isLong } from './harness/long.ts';
import { createNetwork, type Machine, skipWithoutNamespaces } from './harness/network.ts';

const NAMES = ['one', 'two', 'three'] as const;
const STANDBY = 'standby1';
/** Requests that are answered while a fault lasts. */
const ANSWERED = isLong ? 100 : 40;

type StandServer = Awaited<ReturnType<Stand['serve']>>;

/** A replica on a machine of its own. */
class Replica {
  readonly name: string;
  readonly machine: Machine;
  readonly #serve: () => Promise<StandServer>;
  #server: StandServer | undefined;

  constructor(name: string, machine: Machine, serve: () => Promise<StandServer>) {
    this.name = name;
    this.machine = machine;
    this.#serve = serve;
  }

  /** How it is reached without the load balancer. */
  get instance(): Instance {
    return { url: `http://${this.machine.address}:${this.machine.port}`, startUrl: START_URL };
  }

  async start(): Promise<void> {
    this.#server = await this.#serve();
  }

  get server() {
    return this.#server ?? assert.fail(`${this.name} was not started`);
  }
}

/** What happens to a replica while requests are answered, and what ends it. */
const faults: Readonly<
  Record<
    string,
    {
      readonly begin: (replica: Replica) => unknown;
      readonly end: (replica: Replica) => unknown;
      /** Whether the load balancer finds it down. */
      readonly isFound: boolean;
      /** Whether no request fails, and none is made again. */
      readonly isSeamless?: true;
      /** Why it cannot happen here. */
      readonly skip?: string | false;
    }
  >
> = {
  'killed (SIGKILL)': {
    begin: (replica) => replica.server.stop('SIGKILL'),
    end: (replica) => replica.start(),
    isFound: true,
  },
  'stopped (SIGSTOP)': {
    begin: (replica) => replica.server.signal('SIGSTOP'),
    end: (replica) => replica.server.signal('SIGCONT'),
    isFound: true,
  },
  'cut off, each packet lost': {
    begin: ({ machine }) => machine.cutOff(),
    end: ({ machine }) => machine.restore(),
    skip: skipWithoutNamespaces,
    isFound: true,
  },
  'slowed down to 160 kbit/s': {
    begin: ({ machine }) => machine.slowDown(),
    end: ({ machine }) => machine.restore(),
    skip: skipWithoutNamespaces,
    isFound: false,
  },
  'replaced (SIGTERM, and a new process)': {
    begin: (replica) => replica.server.stop(),
    end: (replica) => replica.start(),
    isFound: true,
    isSeamless: true,
  },
};

/** Which fault happens to which replica; in the short form each to another one. */
const cases = Object.entries(faults).flatMap(([name, fault], index) => {
  const replicas = isLong ? [0, 1, 2] : [index % NAMES.length];
  return replicas.map((replica) => ({ name, fault, replica }));
});

/** Machines of a network may reach it. */
async function letIn(server: PostgresqlServer, block: string): Promise<void> {
  const line = `host all,replication all ${block} scram-sha-256\n`;
  appendFileSync(path.join(server.folder, 'data/pg_hba.conf'), line);
  await administer(server, 'SELECT pg_reload_conf()');
}

testStand(
  'three replicas behind a load balancer, on a synchronously replicated PostgreSQL: each in turn fails, then the database does, and each answered request holds',
  async (stand, folder) => {
    using network = createNetwork();
    const settings = { listen_addresses: [...new Set(['127.0.0.1', network.hostAddress])].join() };
    await using primary = await startPostgresql(settings);
    await letIn(primary, network.block);
    await using standby = await startStandby(primary, STANDBY, settings);
    await administer(
      primary,
      `ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (${STANDBY})'`,
      'SELECT pg_reload_conf()',
    );
    await administer(primary, `CREATE DATABASE replicas ENCODING 'UTF8' TEMPLATE template0`);
    const url = new URL(`${primary.url}/replicas`);
    const hosts = [primary, standby].map(({ port }) => `${network.hostAddress}:${port}`);
    const machines = await Promise.all(NAMES.map(() => network.addMachine()));
    await using balancer = await startBalancer(
      folder,
      machines.map(({ address, port }) => `${address}:${port}`),
    );
    Object.assign(stand.env, {
      LATCHKEY_STORE: url.href.replace(url.host, hosts.join(',')).concat('?sslmode=disable'),
      LATCHKEY_BASE_URL: balancer.url,
      LATCHKEY_LISTEN_HOST: '0.0.0.0',
      LATCHKEY_TRUSTED_PROXIES: network.hostAddress,
      LATCHKEY_SHUTDOWN_DRAIN: '3s',
      LATCHKEY_LIMITS_DEVICE_AUTHORIZATIONS_PER_ADDRESS_PER_MINUTE: '1000000',
    });
    await stand.init();
    const replicas = machines.map(
      (machine, index) => new Replica(NAMES[index]!, machine, () => stand.serve(NAMES[index]!, {}, machine)),
    );
    await Promise.all(replicas.map((replica) => replica.start()));
    await Promise.all(replicas.map(({ name }) => balancer.until(name, 'UP')));
    const load = new Load(
      { url: balancer.url, startUrl: START_URL },
      { userName: 'alice', password: PASSWORD },
    );
    const instances = replicas.map(({ instance }) => instance);

    for (const { name, fault, replica: index } of cases) {
      const replica = replicas[index]!;
      await test(`replica ${replica.name} is ${name}`, { skip: fault.skip ?? false }, async (t) => {
        const { answered, unanswered } = await load.during(async () => {
          await load.answered(ANSWERED / 2);
          await fault.begin(replica);
          if (fault.isFound && !fault.isSeamless) await balancer.until(replica.name, 'DOWN');
          await load.answered(ANSWERED);
          await fault.end(replica);
          await readyAgain(replica, balancer);
        });
        if (fault.isSeamless) assert.deepEqual(unanswered, new Map(), 'no request failed');
        t.diagnostic(describe({ answered, unanswered, ...(await load.check(instances)) }));
      });
    }

    await test('the database fails over to its standby', async (t) => {
      const { answered, unanswered } = await load.during(async () => {
        await load.answered(ANSWERED / 2);
        await primary.kill();
        await administer(standby, 'SELECT pg_promote()');
        await load.answered(ANSWERED);
      });
      t.diagnostic(describe({ answered, unanswered, ...(await load.check(instances)) }));
    });
    await Promise.all(replicas.map(({ server }) => server.stop()));
    stand.assertNoSecret();
  },
  { skip: skipWithoutBalancer },
);

async function readyAgain({ name, instance }: Replica, balancer: Balancer): Promise<void> {
  while ((await fetch(`${instance.url}/readyz`)).status !== 200);
  await balancer.until(name, 'UP');
}

function describe({
  answered,
  unanswered,
  ...programs
}: {
  readonly answered: number;
  readonly unanswered: ReadonlyMap<string, number>;
  readonly signedIn: number;
  readonly ended: number;
}): string {
  const repeated = [...unanswered].map(([why, count]) => `${count} x ${why}`).join(', ') || 'none';
  return `${answered} requests answered; made again: ${repeated}; at each replica ${programs.signedIn} programs are let in, ${programs.ended} that signed out are not`;
}
