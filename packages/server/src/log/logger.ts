import { destination, type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { renderLine } from './text-format.ts';

export type { Logger } from 'pino';

type Level = Config['log']['level'];

export interface Log {
  readonly logger: Logger;
  /** Writes the buffer out at the end of this turn of the event loop. For lines that must survive a crash. */
  flushSoon(): void;
  /** Writes the buffer out, and stops the timer. */
  close(): void;
}

/** Lines are buffered up to this size, and for a second at most, because each write costs more than a line. */
const BUFFER_BYTES = 8192;
const FLUSH_MS = 1000;

/** What writes each open buffer out. A process that ends without closing its log, as at a second Ctrl-C, loses no line. */
const openBuffers = new Set<() => void>();
process.on('exit', () => {
  for (const flush of openBuffers) flush();
});

/** Opens the log on standard error: JSON, one object a line, or text for a person. */
export function openLog({ level, format }: Config['log']): Log {
  const text = format === 'text' || (format === 'auto' && process.stderr.isTTY);
  return text ? openTextLog(level) : openJsonLog(level);
}

function openTextLog(level: Level): Log {
  const logger = pino({ level, base: null }, { write: (line) => process.stderr.write(renderLine(line)) });
  return { logger, flushSoon() {}, close() {} };
}

function openJsonLog(level: Level): Log {
  const stream = destination({ fd: process.stderr.fd, minLength: BUFFER_BYTES, sync: true });
  // Data that the operating system has survives a crash of the process. flushSync would wait for the disk.
  const flush = () => stream.flush();
  const timer = setInterval(flush, FLUSH_MS).unref();
  openBuffers.add(flush);
  let isFlushing = false;
  return {
    logger: pino({ level, base: null }, stream),
    flushSoon() {
      if (isFlushing) return;
      isFlushing = true;
      setImmediate(() => {
        isFlushing = false;
        flush();
      });
    },
    close() {
      clearInterval(timer);
      openBuffers.delete(flush);
      stream.flushSync();
    },
  };
}
