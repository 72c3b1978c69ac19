import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { StoreOptions } from '../../../packages/server/src/store/store.ts';
import type { Order, Procedures, Report } from './replica.ts';

type Result<P extends keyof Procedures> = PromiseSettledResult<Awaited<ReturnType<Procedures[P]>>>;

/** One thing that a process is to do. */
export interface Call<P extends keyof Procedures = keyof Procedures> {
  readonly name: P;
  readonly args: Parameters<Procedures[P]>;
}

export function call<P extends keyof Procedures>(name: P, ...args: Parameters<Procedures[P]>): Call<P> {
  return { name, args };
}

/** Processes that share one store, as the replicas of an installation do. */
export interface Replicas extends AsyncDisposable {
  readonly count: number;
  /** Opens the store in each process, all at the same time; what was open is closed before. */
  open(url: string, options?: StoreOptions): Promise<void>;
  /**
   * Lets all processes begin at the same time, each with all its calls at once.
   *
   * @param calls - of each process
   * @returns what became of each call, by process
   */
  settle<P extends keyof Procedures>(
    calls: (replica: number) => readonly Call<P>[],
  ): Promise<readonly (readonly Result<P>[])[]>;
  /** The same, where no call fails. */
  race<P extends keyof Procedures>(
    calls: (replica: number) => readonly Call<P>[],
  ): Promise<readonly (readonly Awaited<ReturnType<Procedures[P]>>[])[]>;
}

export async function startReplicas(count: number): Promise<Replicas> {
  const processes = Array.from({ length: count }, start);
  const inStep = async (orderOf: (replica: number) => Order) => {
    await Promise.all(processes.map((each, replica) => tell(each, orderOf(replica))));
    return Promise.all(processes.map((each) => tell(each, { kind: 'begin' })));
  };
  const settle: Replicas['settle'] = async (calls) => {
    const reports = await inStep((replica) => ({ kind: 'prepare', calls: calls(replica) }));
    return reports.map((report) => (report.kind === 'done' ? report.results : [])) as never;
  };
  return {
    count,
    async open(url, options) {
      await inStep(() => ({ kind: 'open', url, ...(options && { options }) }));
    },
    settle,
    async race(calls) {
      const settled = await settle(calls);
      return settled.map((results) => results.map(valueOfCall));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(
        processes.map(async (each) => {
          const exited = once(each, 'exit');
          each.send({ kind: 'close' } satisfies Order);
          await exited;
        }),
      );
    },
  };
}

function start(): ChildProcess {
  return fork(path.join(import.meta.dirname, 'replica.ts'), {
    ...{ execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' },
  });
}

/** @throws when the process ends instead of an answer */
async function tell(replica: ChildProcess, order: Order): Promise<Report> {
  const ended = Promise.withResolvers<never>();
  const onExit = (code: number | null) => ended.reject(new Error(`A replica ended with ${code}`));
  replica.once('exit', onExit);
  const report = once(replica, 'message');
  replica.send(order);
  const [told] = await Promise.race([report, ended.promise]);
  replica.off('exit', onExit);
  return told as Report;
}

function valueOfCall<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === 'rejected') throw new Error(`A call of a replica failed: ${result.reason}`);
  return result.value;
}
