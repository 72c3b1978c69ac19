import type { UserEntry } from '../store/port/directory.ts';

/** Where a person gets mail: the primary address, or else the first one. */
export function addressOf({ emails }: Pick<UserEntry, 'emails'>): string | undefined {
  return (emails.find(({ primary }) => primary) ?? emails[0])?.address;
}

/** An instant as mails say it: `2026-11-30 14:03 UTC`. */
export function timeOf(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
