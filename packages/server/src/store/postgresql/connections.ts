import { type ConnectionTarget, type Host, renderHost } from './connection-url.ts';
import { StatementFailure } from './failure.ts';
import { Lane, Outage } from './lane.ts';
import { Link, type LinkOptions } from './link.ts';

/** The connections of one process. */
export interface Connections {
  /** For reads: statements of many requests are sent one behind the other. */
  readonly reads: Lane;
  /** For writes: one batch at a time each. */
  readonly batches: Lane;
  /** For transactions of several statements, one at a time. */
  readonly changes: Lane;
  /** Makes one connection more, of other patience, which its caller ends. @throws {UnreachableError} */
  open(options: LinkOptions): Promise<Link>;
  close(): Promise<void>;
}

/** Why a host could not be used. */
export interface HostFailure {
  readonly host: string;
  readonly error: StatementFailure;
}

/** None of the hosts could be used. */
export class UnreachableError extends StatementFailure {
  readonly failures: readonly HostFailure[];

  constructor(failures: readonly HostFailure[]) {
    const message = failures.map(({ host, error }) => `${host}: ${error.message}`).join('; ');
    super(message, { sqlState: failures.at(-1)?.error.sqlState, isSent: false });
    this.failures = failures;
  }
}

const READS = 4;
const BATCHES = 2;
const CHANGES = 1;

/** Statements are ended by the server a second before it is given up, so that one that is slow can be told from one that is gone. */
const patience: LinkOptions = { statementTimeoutMs: 4_000, lockTimeoutMs: 0, answerWithinMs: 5_000 };

/** Makes the connections of a process, each when it is first used. */
export function createConnections(target: ConnectionTarget): Connections {
  /** The host that was the primary last: the next connection begins there. */
  let first = 0;
  const open = async (options: LinkOptions) => {
    const { hosts } = target;
    const failures: HostFailure[] = [];
    for (let tried = 0; tried < hosts.length; tried += 1) {
      const index = (first + tried) % hosts.length;
      const host = hosts[index]!;
      try {
        const link = await Link.open(linkTarget(target, host), options);
        first = index;
        return link;
      } catch (error) {
        failures.push({ host: renderHost(host), error: error as StatementFailure });
      }
    }
    throw new UnreachableError(failures);
  };
  const outage = new Outage();
  const lane = (size: number) => new Lane(size, () => open(patience), outage);
  const lanes = { reads: lane(READS), batches: lane(BATCHES), changes: lane(CHANGES) };
  return {
    ...lanes,
    open,
    async close() {
      await Promise.all(Object.values(lanes).map((each) => each.close()));
    },
  };
}

function linkTarget({ user, password, database, tlsTo }: ConnectionTarget, host: Host) {
  return { host: host.name, port: host.port, user, password, database, tls: tlsTo(host) };
}
