import type { Command } from 'commander';
import { commandActor } from '../entries/actor.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { toInstant } from './describe-session.ts';

interface RevokeOptions {
  readonly before?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Refuses the role credentials that were issued for a role in an account so far, whoever holds them, as "Revoke active sessions" of the IAM console does. Whoever still has the role gets new ones.',
    )
    .argument('<account>', 'id or name of the account')
    .argument('<permission-set>', 'name of the permission set')
    .option(
      '--before <time>',
      'those issued before a time in ISO 8601, such as 2026-11-30T12:00Z; default: now',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey session revoke-role 111122223333 AdministratorAccess`,
    )
    .action((account: string, permissionSet: string, options: RevokeOptions) =>
      revokeRole(command, { account, permissionSet }, options),
    );
}

async function revokeRole(
  command: Command,
  given: { readonly account: string; readonly permissionSet: string },
  { before, json }: RevokeOptions,
): Promise<void> {
  const beforeMs = parseBefore(before);
  const revoked = await withDirectory(command, async ({ directory }) => {
    const { id: accountId } = await getEntry(directory, 'account', given.account);
    const { name: roleName } = await getEntry(directory, 'permissionSet', given.permissionSet);
    const revocation = { actor: commandActor(), ...(beforeMs !== undefined && { beforeMs }) };
    const { issuedBeforeMs } = await directory.revokeRole({ accountId, roleName }, revocation);
    return { accountId, roleName, issuedBefore: toInstant(issuedBeforeMs) };
  });
  if (json) console.log(JSON.stringify(revoked));
  else {
    const { accountId, roleName, issuedBefore } = revoked;
    console.log(`Revoked what was issued for ${roleName} in ${accountId} before ${issuedBefore}`);
  }
}

/** A time without a zone is not taken: it would be another instant on another machine. */
function parseBefore(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (ms <= Date.now()) return Math.max(0, ms);
  const expected = 'a time in the past with its zone, such as 2026-11-30T12:00Z';
  throw new CommandError(`--before: expected ${expected}, got ${JSON.stringify(text)}`, exitCode.usage);
}
