import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { ServedResponse } from './route.ts';
import { httpDate } from './send-answer.ts';

/**
 * Writes an answer while it is made, and makes no more of it than the client reads. Where a piece cannot be made, it rejects
 * with the reason: the connection is to be closed then, so that the client knows that the answer is not whole.
 */
export async function streamAnswer(
  response: ServerResponse,
  { status, headers, body, rest }: ServedResponse & Required<Pick<ServedResponse, 'rest'>>,
  {
    nowMs,
    headOnly,
    waitForReader,
  }: {
    readonly nowMs: number;
    readonly headOnly: boolean;
    /** Called when the client has so many bytes to read first. @returns to be called when it has read them */
    readonly waitForReader: (bytes: number) => () => void;
  },
): Promise<void> {
  const all = { ...headers, date: httpDate(nowMs) };
  response.writeHead(status, all as Record<string, string | string[]>);
  if (!headOnly) {
    let isRead = response.write(body);
    for await (const piece of rest) {
      await setImmediate(); // others are served between two pieces
      if (!isRead && !response.destroyed) await drained(response, waitForReader);
      if (response.destroyed) return;
      isRead = response.write(piece);
    }
  }
  response.end();
  if (!response.writableFinished) waitForReader(response.writableLength);
}

/** Waits until the client has read what was written, or has gone. */
async function drained(
  response: ServerResponse,
  waitForReader: (bytes: number) => () => void,
): Promise<void> {
  const hasRead = waitForReader(response.writableLength);
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
  hasRead();
}
