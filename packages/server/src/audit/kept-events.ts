import { appendFileSync, createReadStream, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Origin } from '../origin.ts';
import type { Audit, AuditEvent, CommandEvent } from './audit.ts';

const FILE = 'kept-audit-events.jsonl';

interface KeptEvent {
  readonly event: CommandEvent;
  readonly origin: Origin;
}

/**
 * Keeps the events of commands that change a data folder while no server runs with it: the log that has the audit events is
 * the server's, whose next start puts them there (`logKeptEvents`).
 */
export function keepEvents(dataDir: string, now: () => number): Audit {
  return {
    record(event, origin) {
      if (!isOfCommand(event)) return;
      const kept: KeptEvent = { event: { ...event, atMs: now() }, origin };
      appendFileSync(join(dataDir, FILE), `${JSON.stringify(kept)}\n`, { mode: 0o600 });
    },
  };
}

const ofCommands: ReadonlySet<string> = new Set<CommandEvent['event']>([
  ...(['directoryChanged', 'sessionEnded', 'roleRevoked', 'linkMade', 'linkRevoked'] as const),
]);

function isOfCommand(event: AuditEvent): event is CommandEvent {
  return ofCommands.has(event.event);
}

/** Records the events that commands have kept, with the time at which each happened, and forgets them. */
export async function logKeptEvents(
  dataDir: string,
  audit: Audit,
  warn: (message: string) => void,
): Promise<void> {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    try {
      const { event, origin }: KeptEvent = JSON.parse(line);
      audit.record(event, origin);
    } catch {
      // A command that was killed leaves half a line.
      warn(`A line of ${file} is no audit event: ${line.length} characters were left out`);
    }
  }
  rmSync(file);
}
