import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** What a client met that asks for the sign-in page now and then, each time on a new connection. */
export interface Experience {
  /** From the start of the connection to the end of the answer, of those answered with 200. */
  readonly waitsMs: readonly number[];
  /** Connections that were closed, and answers that were not 200. */
  readonly refused: number;
}

const PAUSE_MS = 50;
/** After this long a client gives up. */
const PATIENCE_MS = 60_000;

/** Asks until the time is over; the last answer is waited for. */
export async function askNowAndThen(port: number, forMs: number): Promise<Experience> {
  const waitsMs: number[] = [];
  let refused = 0;
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt) {
    const startedAt = performance.now();
    if ((await ask(port)) === 200) waitsMs.push(performance.now() - startedAt);
    else refused += 1;
    await setTimeout(PAUSE_MS);
  }
  return { waitsMs, refused };
}

/** @returns the status; `undefined` when there was no answer */
function ask(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(undefined);
    const asked = request({ port, host: '127.0.0.1', path: '/sign-in', agent: false, timeout: PATIENCE_MS });
    asked
      .on('response', (response) => {
        response
          .on('end', () => resolve(response.statusCode))
          .on('error', giveUp)
          .resume();
      })
      .on('timeout', () => asked.destroy())
      .on('error', giveUp)
      .on('close', giveUp)
      .end();
  });
}
