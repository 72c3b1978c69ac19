import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../files/write-file-atomically.ts';
import { generatePassword, hashPassword } from '../people/password.ts';
import { renderExampleConfig } from './example-config.ts';

/** What the first start made. The passwords are not stored, only their hashes. */
export interface FirstStart {
  readonly file: string;
  readonly users: readonly { readonly userName: string; readonly password: string }[];
}

/** Writes an example configuration into the data folder, readable by its owner alone. */
export async function writeExampleConfig(dataDir: string): Promise<FirstStart> {
  const alice = generatePassword();
  const bob = generatePassword();
  const file = path.join(dataDir, 'latchkey.yaml');
  const schema = path.join(import.meta.dirname, '../../generated/latchkey.schema.json');
  const text = renderExampleConfig({
    schema: path.relative(dataDir, schema),
    alicePasswordHash: await hashPassword(alice),
    bobPasswordHash: await hashPassword(bob),
  });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  writeFileAtomically(file, text, { mode: 0o600 });
  return {
    file,
    users: [
      { userName: 'alice', password: alice },
      { userName: 'bob', password: bob },
    ],
  };
}
