/** A key as a store has it: sealed under a master secret, so that the store alone opens nothing. */
export interface StoredKey {
  /** 0 to 255; travels with whatever the key made. */
  readonly id: number;
  readonly createdAtMs: number;
  /** From when on the key may make something: every process has read it by then. */
  readonly currentFromMs: number;
  /** Names the master secret that the key is sealed under: 8 bytes, not secret. */
  readonly masterId: Uint8Array;
  readonly sealedSecret: Uint8Array;
}

/** The part of a store that has the keys of an instance whose processes share them. Each operation is atomic and durable. */
export interface KeyStore {
  /** Lists all keys, oldest first. */
  listKeys(): Promise<readonly StoredKey[]>;
  /** Adds a key, unless there is one with its id. @returns whether this one was added */
  addKey(key: StoredKey): Promise<boolean>;
  /**
   * Puts a key that was sealed anew in the place of the same key.
   *
   * @param before - the key as it was read
   * @returns whether it was still sealed under the master secret of before
   */
  replaceKey(before: StoredKey, key: StoredKey): Promise<boolean>;
  /** Removes a key for good. What it made opens nothing after that. */
  removeKey(id: number): Promise<void>;
}
