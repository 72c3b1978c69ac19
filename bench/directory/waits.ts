import { setTimeout } from 'node:timers/promises';
import type { Connection } from '../load/connection.ts';
import { ascending, quantile } from '../load/statistics.ts';
import type { ServerProcess } from '../machine/server-process.ts';

/** How long requests waited, in milliseconds. */
export interface Waits {
  readonly requests: number;
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
}

const EVERY_MS = 10;

/**
 * Sends a request every 10 ms, whether or not the ones before are answered, until something is done. A wait counts from when
 * the request was sent.
 */
export async function waitsDuring(
  server: ServerProcess,
  requests: readonly ((connection: Connection) => Promise<unknown>)[],
  work: Promise<unknown>,
): Promise<Waits> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  const idle: Connection[] = [];
  const waitsMs: number[] = [];
  const send = async (request: (connection: Connection) => Promise<unknown>) => {
    const connection = idle.pop() ?? (await server.connect());
    const sentAt = performance.now();
    await request(connection);
    waitsMs.push(performance.now() - sentAt);
    idle.push(connection);
  };
  const underWay: Promise<void>[] = [];
  for (let turn = 0; !isDone; turn += 1) {
    underWay.push(send(requests[turn % requests.length]!));
    await setTimeout(EVERY_MS);
  }
  await Promise.all([done, ...underWay]);
  for (const connection of idle) connection.close();
  const sorted = waitsMs.sort(ascending);
  return {
    requests: sorted.length,
    median: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    longest: quantile(sorted, 1),
  };
}
