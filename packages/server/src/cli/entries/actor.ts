import { userInfo } from 'node:os';

/** Who gives commands, for the audit: `command:` and the name of the user of the operating system. */
export function commandActor(): string {
  try {
    return `command:${userInfo().username}`;
  } catch {
    // A container may run as a user that has no name.
    return `command:${process.geteuid?.() ?? 'unknown'}`;
  }
}
