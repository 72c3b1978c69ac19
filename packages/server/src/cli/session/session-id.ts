import type { SessionRef } from '../../store/port/session-lists.ts';
import { CommandError, exitCode } from '../exit-code.ts';

/** The id of a session as people see it: `browser-129171456001240`. */
export function renderSessionId({ kind, id }: SessionRef): string {
  return `${kind}-${id}`;
}

/** @throws {CommandError} with the exit code for a wrong command line */
export function parseSessionId(text: string): SessionRef {
  const [, kind, id] = /^(browser|program)-([1-9]\d{0,15})$/.exec(text) ?? [];
  const number = Number(id);
  if (kind === undefined || !Number.isSafeInteger(number)) {
    throw new CommandError(
      `<session>: expected an id as \`latchkey session list\` shows it, such as program-129171456001240, got ${JSON.stringify(text)}`,
      exitCode.usage,
    );
  }
  return { kind: kind as SessionRef['kind'], id: number };
}
