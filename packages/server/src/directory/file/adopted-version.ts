import { hash } from 'node:crypto';
import type { DeclaredUser } from './declared-entries.ts';

/**
 * The version that release 0.1 gave a user, which followed from the password: with it, the sessions of that release go on.
 *
 * @returns 11 characters; `undefined` for a user who is disabled, whose sessions had ended
 */
export function adoptedVersion({ values, passwordHash = '' }: DeclaredUser): string | undefined {
  return values.status === 'disabled' ? undefined : hash('sha256', passwordHash, 'base64url').slice(0, 11);
}
