import { destination, type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { redactSecrets, redactTokens } from './redact.ts';
import { renderLine } from './text-format.ts';

export type { Logger } from 'pino';

type Level = Config['log']['level'];

/** What parts that only write sentences need of the log. */
export type MessageLog = Readonly<Record<'info' | 'warn' | 'error', (message: string) => void>>;

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

const shape = {
  base: null,
  formatters: { log: redactFields },
  serializers: { err: (error: unknown) => describeError(error) },
} satisfies LoggerOptions;

/**
 * Fields of audit events whose texts no stranger chose: names of events, ids that Latchkey made or found in its store, and
 * addresses that were parsed. Looking for secrets takes some five times as long as the rest of a line.
 */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'audit',
  'userId',
  'accountId',
  'accessKeyId',
  'address',
  'requestId',
]);

/** Redacts every text. The line of a request has none that a stranger chose: its path is rendered by what is known. */
function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  if ('ms' in fields) return fields;
  const redacted = { ...fields };
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && !OWN_FIELDS.has(name)) redacted[name] = redactSecrets(value);
  }
  return redacted;
}

/** The type, message, code and stack of an error, and of its causes: its other members may quote a request. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: redactSecrets(String(error)) };
  const { name: type, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    type,
    message: redactSecrets(message),
    ...(typeof code === 'string' && { code }),
    stack: [`${type}: ${redactSecrets(message)}`, ...framesOf(stack)].join('\n'),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}

/** The lines of a stack trace that name functions and files, without the message, which can be anything. */
function framesOf(stack = ''): readonly string[] {
  return stack.split('\n').filter((line) => /^ {4}at /.test(line));
}

/** Opens the log on standard error: JSON, one object a line, or text for a person. */
export function openLog({ level, format }: Config['log']): Log {
  const text = format === 'text' || (format === 'auto' && process.stderr.isTTY);
  return text ? openTextLog(level) : openJsonLog(level);
}

function openTextLog(level: Level): Log {
  const write = (line: string) => process.stderr.write(renderLine(redactTokens(line)));
  const logger = pino({ ...shape, level }, { write });
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
    logger: pino({ ...shape, level }, { write: (line) => void stream.write(redactTokens(line)) }),
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
