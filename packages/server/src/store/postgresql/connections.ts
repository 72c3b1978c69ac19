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
  /** Makes one connection more, of other patience, which its caller ends. @throws {StatementFailure} that was not sent */
  open(options: LinkOptions): Promise<Link>;
  close(): Promise<void>;
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
    const failures: string[] = [];
    let sqlState: string | undefined;
    for (let tried = 0; tried < hosts.length; tried += 1) {
      const index = (first + tried) % hosts.length;
      const host = hosts[index]!;
      try {
        const link = await Link.open(linkTarget(target, host), options);
        first = index;
        return link;
      } catch (error) {
        sqlState = (error as StatementFailure).sqlState;
        failures.push(`${renderHost(host)}: ${(error as Error).message}`);
      }
    }
    throw new StatementFailure(failures.join('; '), { sqlState, isSent: false });
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
