import type { Command } from 'commander';
import { readMasterSecrets } from '../../keys/read-master-secrets.ts';
import { resealKeys } from '../../keys/stored-keys.ts';
import { noStoreYet } from '../../store/postgresql/open-instance-store.ts';
import { findConfiguredStore, openForCommand } from './open-configured-store.ts';

export function define(command: Command): void {
  command
    .description(
      'Seals the keys of the store anew under the first of the master secrets that are given, while servers run.',
    )
    .addHelpText(
      'after',
      `
To change the master secret, while people stay signed in:
  1. Give each server both secrets, the old one first (one a line, in the file or variable), and restart it.
  2. Give each server both, the new one first, and restart it.
  3. Run this command with both, the new one first.
  4. Take the old one away from each server.

A backup of the database from before step 3 needs the old secret: keep it as long as such a backup.

Examples:
  LATCHKEY_MASTER_SECRET_FILE=/etc/latchkey/master-secrets latchkey store keys reseal`,
    )
    .action(async () => {
      const { target, instanceId } = await findConfiguredStore(command);
      if (instanceId === undefined) throw noStoreYet(target);
      const masters = await readMasterSecrets(process.env);
      const store = await openForCommand(target);
      try {
        const count = await resealKeys(store.keys, masters);
        const done = count === 0 ? 'No key was sealed under another' : `Sealed anew: ${count}`;
        console.log(
          `${done}. All keys of ${instanceId} are sealed under the master secret ${masters[0].name}, and need no other`,
        );
      } finally {
        await store.close();
      }
    });
}
