import type { Command } from 'commander';
import { makeSecret } from '../../keys/secret-hash.ts';

export function define(command: Command): void {
  command
    .description(
      'Makes the secret of a confidential client, and prints it with its hash. The secret is kept nowhere else: give it to the client.',
    )
    .addHelpText(
      'after',
      `
Put the hash into the configuration:

  clients:
    - id: build-farm
      secretHash: "sha256:..."

Examples:
  latchkey client secret`,
    )
    .action(() => {
      const { secret, secretHash } = makeSecret();
      console.log(`clientSecret: ${secret}\nsecretHash: "${secretHash}"`);
    });
}
