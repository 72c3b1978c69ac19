import type { ServerResponse } from 'node:http';

/** What a client may take to read an answer: this long, and a second more for each 4 KiB of it. */
const BASE_MS = 30_000;
const MIN_BYTES_PER_SECOND = 4_096;

/**
 * Closes the connection of a client that does not read its answer. What the operating system took of the answer counts as
 * read.
 *
 * @param answer.bytes - length of its body
 * @param onCutOff - called when that happens
 * @returns takes it back, because the client has read the answer
 */
export function cutOffUnread(
  response: ServerResponse,
  answer: { bytes: number },
  onCutOff: () => void,
): () => void {
  const timer = setTimeout(
    () => {
      response.destroy();
      onCutOff();
    },
    BASE_MS + (1000 * answer.bytes) / MIN_BYTES_PER_SECOND,
  );
  const stop = () => {
    clearTimeout(timer);
    response.off('close', stop);
  };
  response.on('close', stop);
  return stop;
}
