import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import type { CommandModule } from '../lazy-commands.ts';

const texts = {
  blockUser: {
    description:
      'Ends the access of a person, whatever source the person comes from: sign-ins are refused, and sessions, tokens and role credentials end, with the next request.',
    example: 'latchkey user block carol',
    did: 'Blocked',
    unchanged: 'is blocked already',
  },
  unblockUser: {
    description: 'Undoes a block: the person may sign in again, unless the source has disabled them.',
    example: 'latchkey user unblock carol',
    did: 'Unblocked',
    unchanged: 'is not blocked',
  },
  signOutEverywhere: {
    description: 'Ends all sessions, tokens and role credentials of a person, who can sign in again.',
    example: 'latchkey user sign-out carol',
    did: 'Ended all sessions of',
    unchanged: 'has no sessions',
  },
  resetFactors: {
    description:
      'Removes the passkeys, authenticator apps and recovery codes of a person, and ends their sessions. They sign in with their password alone then, so be sure who asks.',
    example: 'latchkey user reset-factors carol',
    did: 'Removed the factors of',
    unchanged: 'has no passkey, app or recovery code',
  },
} as const;

/** A command that ends or restores the access of a person of any source. */
export function accessCommand(kind: keyof typeof texts): CommandModule {
  const { description, example, did, unchanged } = texts[kind];
  return {
    define(command) {
      command
        .description(description)
        .argument('<user>', 'user name or id')
        .option('--json', 'print the result as JSON')
        .addHelpText('after', `\nExample:\n  ${example}`)
        .action(async (given: string, { json }: { json?: true }) => {
          const { user, result } = await withDirectory(command, async (opened) => {
            const found = await getEntry(opened.directory, 'user', given);
            const [done] = await change(opened, [{ kind, userId: found.id }]);
            return { user: found, result: done };
          });
          const { id, userName } = user;
          if (json) console.log(JSON.stringify({ id, userName, did: result?.did }));
          else console.log(result?.did === 'unchanged' ? `${userName} ${unchanged}` : `${did} ${userName}`);
        });
    },
  };
}
