import type { StoredKey } from './key-store.ts';
import type { MasterKey } from './keys.ts';
import { type MasterSecret, nameOfMasterSecret } from './master-secret.ts';
import { MasterSecretError } from './read-master-secrets.ts';

/** A key that was read from a store and opened. */
export interface OpenedKey extends MasterKey {
  /** From when on the key may make something. */
  readonly currentFromMs: number;
}

/** Seals a key for the store. What the row says of the key is sealed with it: nobody can give one key the id of another. */
export function sealKey(master: MasterSecret, { secret, ...key }: OpenedKey): StoredKey {
  return { ...key, masterId: master.id, sealedSecret: master.seal(labelOf(key), secret) };
}

/**
 * Opens keys of the store, with whichever of the master secrets sealed each.
 *
 * @throws {MasterSecretError} when a key is sealed under another master secret, or damaged
 */
export function openKeys(masters: readonly MasterSecret[], keys: readonly StoredKey[]): readonly OpenedKey[] {
  return keys.map((key) => {
    const master = masters.find(({ id }) => Buffer.compare(id, key.masterId) === 0);
    if (master === undefined) throw wrongMasterSecret(masters, key);
    const { id, createdAtMs, currentFromMs, sealedSecret } = key;
    const secret = master.unseal(labelOf(key), sealedSecret);
    if (secret?.length === 32) return { id, createdAtMs, currentFromMs, secret };
    throw new MasterSecretError(
      `Key ${id} in the store is damaged: the master secret ${master.name} sealed it, and does not open it. Restore the store from a backup`,
    );
  });
}

function wrongMasterSecret(masters: readonly MasterSecret[], { id, masterId }: StoredKey): MasterSecretError {
  const given = masters.map(({ name }) => name).join(' and ');
  return new MasterSecretError(
    `Key ${id} in the store is sealed under the master secret ${nameOfMasterSecret(masterId)}, and what was given is ${given}: give that one, too. Where it is lost, the keys are: everyone signs in and registers anew`,
  );
}

function labelOf({ id, createdAtMs, currentFromMs }: Omit<OpenedKey, 'secret'>): string {
  return `key ${id} ${createdAtMs} ${currentFromMs}`;
}
