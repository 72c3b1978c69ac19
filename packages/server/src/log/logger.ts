import { destination, type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { renderLine } from './text-format.ts';

export type { Logger } from 'pino';

export interface Log {
  readonly logger: Logger;
  /** Writes out what is still buffered. */
  flush(): void;
}

/** Collected before it is written, as each write costs more than the line; a second at most. */
const BUFFER_BYTES = 8192;
const FLUSH_MS = 1000;

/** Opens the log on standard error: one JSON object a line for machines, or text for a person at a terminal. */
export function openLog({ level, format }: Config['log']): Log {
  const text = format === 'text' || (format === 'auto' && process.stderr.isTTY);
  if (text) {
    return {
      logger: pino({ level, base: null }, { write: (line) => process.stderr.write(renderLine(line)) }),
      flush() {},
    };
  }
  const stream = destination({ fd: process.stderr.fd, minLength: BUFFER_BYTES, sync: true });
  setInterval(() => stream.flushSync(), FLUSH_MS).unref();
  const logger = pino({ level, base: null }, stream);
  return { logger, flush: () => stream.flushSync() };
}
