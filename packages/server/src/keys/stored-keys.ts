import { planKeyRotation } from './key-rotation.ts';
import type { KeyStore } from './key-store.ts';
import { Keys } from './keys.ts';
import type { MasterSecret } from './master-secret.ts';
import { randomBytes } from './random.ts';
import { type OpenedKey, openKeys, sealKey } from './sealed-key.ts';

/** Time between two readings of the keys. */
const READ_EVERY_MS = 60_000;
/** Time from when a key is written until it makes something: every process has read it by then, several times. */
const CURRENT_AFTER_MS = 5 * 60_000;
/** The least time between two readings that were asked for by an unknown key id, which anybody can make up. */
const LEARN_EVERY_MS = 10_000;

export interface StoredKeysOptions {
  readonly now: () => number;
  /** Told of a reading that failed; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
}

/** The keys of an instance that are in its store, for any number of processes. */
export interface StoredKeys {
  readonly keys: Keys;
  /** Reads the keys of the store, and makes a new one when it is time. */
  read(): Promise<void>;
  /** Stops reading. */
  close(): void;
}

/**
 * Opens the keys that are in a store, and makes the first. They are read again each minute, and once when something has the id
 * of a key that is not known.
 *
 * @param masters - the first seals new keys; each opens what it sealed
 * @throws {MasterSecretError} when a key is sealed under another master secret
 */
export async function openStoredKeys(
  store: KeyStore,
  masters: readonly [MasterSecret, ...MasterSecret[]],
  { now, onFailure }: StoredKeysOptions,
): Promise<StoredKeys> {
  const first = await readKeys(store, masters, now());
  let learntAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = () => {
    reading ??= readKeys(store, masters, now())
      .then((opened) => keys.replace(opened, currentOf(opened, now()).id))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const learn = () => {
    if (reading !== undefined) return reading;
    if (Math.abs(now() - learntAtMs) < LEARN_EVERY_MS) return undefined;
    learntAtMs = now();
    return read();
  };
  const keys = new Keys(first, { currentId: currentOf(first, now()).id, learn });
  const timer = setInterval(() => read().catch(onFailure), READ_EVERY_MS).unref();
  return { keys, read, close: () => clearInterval(timer) };
}

/**
 * Seals all keys anew under the first master secret, so that the others are not needed any more. To exchange the secret, every
 * process gets the new one behind the old, then before it; then the keys are sealed anew, and the old one is taken away.
 *
 * @returns how many were sealed under another
 * @throws {MasterSecretError} when a key is sealed under none of them
 */
export async function resealKeys(
  store: KeyStore,
  masters: readonly [MasterSecret, ...MasterSecret[]],
): Promise<number> {
  const [master] = masters;
  const stored = await store.listKeys();
  const opened = openKeys(masters, stored);
  let resealed = 0;
  for (const [index, before] of stored.entries()) {
    const key = opened[index];
    if (key === undefined || Buffer.compare(before.masterId, master.id) === 0) continue;
    if (await store.replaceKey(before, sealKey(master, key))) resealed += 1;
  }
  return resealed;
}

/** Reads the keys, after a new one was made where it is time. Of several processes that make one at once, one does. */
async function readKeys(
  store: KeyStore,
  masters: readonly [MasterSecret, ...MasterSecret[]],
  nowMs: number,
): Promise<readonly OpenedKey[]> {
  const opened = openKeys(masters, await store.listKeys());
  const rotation = planKeyRotation(opened, nowMs);
  if (rotation === undefined) return opened;
  const key = {
    id: rotation.newId,
    createdAtMs: nowMs,
    // The first key has nobody to wait for.
    currentFromMs: opened.length === 0 ? nowMs : nowMs + CURRENT_AFTER_MS,
    secret: randomBytes(32),
  };
  if (await store.addKey(sealKey(masters[0], key))) {
    for (const id of rotation.expiredIds) await store.removeKey(id);
  }
  return openKeys(masters, await store.listKeys());
}

/** The key that makes tokens: the newest whose time has come. */
function currentOf(keys: readonly OpenedKey[], nowMs: number): OpenedKey {
  const current = keys.findLast(({ currentFromMs }) => currentFromMs <= nowMs) ?? keys[0];
  if (current === undefined) throw new TypeError('The store has no key, though one was made');
  return current;
}
