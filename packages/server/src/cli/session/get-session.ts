import type { CommandDirectory } from '../../control/command-directory.ts';
import type { ListedSession } from '../../store/port/session-lists.ts';
import { CommandError } from '../exit-code.ts';
import { parseSessionId } from './session-id.ts';

/** @throws {CommandError} where there is no such session */
export async function getSession(directory: CommandDirectory, given: string): Promise<ListedSession> {
  const session = await directory.findSession(parseSessionId(given));
  if (session !== null) return session;
  throw new CommandError(
    `There is no session ${given}; it may have run out: \`latchkey session list\` lists those that go on`,
  );
}
