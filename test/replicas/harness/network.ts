import { spawnSync } from 'node:child_process';
import { freePort } from '../../../bench/machine/workspace.ts';

/** Where a replica runs: a network namespace with one address, as a machine of its own has, or this machine. */
export interface Machine {
  readonly address: string;
  /** A port that is free there. */
  readonly port: number;
  /** What a program's command line begins with to run there. */
  readonly commandPrefix: readonly string[];
  /** Loses every packet to it and from it: whoever waits for it is told nothing. */
  cutOff(): void;
  /** Lets so little through that connections stay, and each answer takes long. */
  slowDown(): void;
  /** Ends both. */
  restore(): void;
}

/** A switch on this machine, and machines at it. It goes with its disposal, and what runs there has ended by then. */
export interface Network extends Disposable {
  /** This machine's own address in it. */
  readonly hostAddress: string;
  /** All of its addresses, as `pg_hba.conf` has them. */
  readonly block: string;
  addMachine(): Promise<Machine>;
}

/** Why there are no network namespaces; `false` where there are. */
export const skipWithoutNamespaces: string | false = findObstacle();

function findObstacle(): string | false {
  if (process.getuid?.() !== 0) return 'network namespaces are for root';
  const name = `lk${process.pid}t`;
  const { status, error } = spawnSync('ip', ['netns', 'add', name]);
  if (error !== undefined) return 'ip was not found: install iproute2';
  if (status !== 0) return 'network namespaces cannot be made here';
  ip('netns', 'delete', name);
  return false;
}

/** Bytes of one second, for a machine that is slowed down. */
const SLOW = ['root', 'tbf', 'rate', '160kbit', 'burst', '4kb', 'latency', '4s'];

/** A network of namespaces; where they cannot be made, this machine, which cannot be cut off or slowed down. */
export function createNetwork(): Network {
  return skipWithoutNamespaces ? thisMachine : createSwitch();
}

const thisMachine: Network = {
  hostAddress: '127.0.0.1',
  block: '127.0.0.1/32',
  async addMachine() {
    const impossible = () => {
      throw new Error(`Cut off or slow down: ${skipWithoutNamespaces}`);
    };
    return {
      ...{ address: '127.0.0.1', port: await freePort(), commandPrefix: [] },
      ...{ cutOff: impossible, slowDown: impossible, restore: impossible },
    };
  },
  [Symbol.dispose]() {},
};

function createSwitch(): Network {
  // Two runs at once have two networks.
  const number = process.pid % 250;
  const prefix = `10.219.${number}`;
  const bridge = `lk${process.pid}`;
  ip('link', 'add', bridge, 'type', 'bridge');
  ip('address', 'add', `${prefix}.1/24`, 'dev', bridge);
  ip('link', 'set', bridge, 'up');
  const namespaces: string[] = [];
  const remove = () => {
    for (const namespace of namespaces.splice(0)) ip('netns', 'delete', namespace);
    spawnSync('ip', ['link', 'delete', bridge]);
  };
  process.once('exit', remove);
  return {
    hostAddress: `${prefix}.1`,
    block: `${prefix}.0/24`,
    async addMachine() {
      const index = namespaces.length + 1;
      const namespace = `${bridge}n${index}`;
      const outside = `${bridge}v${index}`;
      const address = `${prefix}.${index + 10}`;
      ip('netns', 'add', namespace);
      namespaces.push(namespace);
      ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
      ip('link', 'set', outside, 'master', bridge, 'up');
      ip('-netns', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0');
      for (const device of ['lo', 'eth0']) ip('-netns', namespace, 'link', 'set', device, 'up');
      let isSlow = false;
      return {
        ...{ address, port: 8484 },
        commandPrefix: ['ip', 'netns', 'exec', namespace],
        // At the switch: the machine itself does not see that its cable is out.
        cutOff: () => ip('link', 'set', outside, 'nomaster'),
        slowDown() {
          run('tc', ['-netns', namespace, 'qdisc', 'add', 'dev', 'eth0', ...SLOW]);
          isSlow = true;
        },
        restore() {
          ip('link', 'set', outside, 'master', bridge);
          if (isSlow) run('tc', ['-netns', namespace, 'qdisc', 'delete', 'dev', 'eth0', 'root']);
          isSlow = false;
        },
      };
    },
    [Symbol.dispose]() {
      process.off('exit', remove);
      remove();
    },
  };
}

function ip(...args: readonly string[]): void {
  run('ip', args);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`Make a network: ${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
}
