import type { OpenedKey } from '../keys/sealed-key.ts';
import type { RowReader, RowWriter } from '../store/rows/row-reader.ts';

/** One side of a copy: a store with the keys of its instance. */
export interface StoreSide extends AsyncDisposable {
  /** Names the store in messages: its folder, or its database with the hosts. */
  readonly place: string;
  readonly rows: RowReader;
  /** @returns `undefined` where it has none */
  findInstanceId(): Promise<string | undefined>;
  /** All keys, oldest first. @throws {Error} where they cannot be read or opened */
  listKeys(): Promise<readonly OpenedKey[]>;
}

/** What is copied. Nothing of it is changed. */
export interface CopySource extends StoreSide {
  /** @throws {UnfitStore} where a server uses it */
  refuseUse(): Promise<void>;
}

/** Where it is copied to. */
export interface CopyTarget extends StoreSide {
  readonly rows: RowWriter;
  /** Begins the copy: from now on the store has the keys and the id of the instance, and no server starts with it. */
  begin(copy: {
    /** Names what is copied, for whoever goes on with the copy. */
    readonly source: string;
    readonly instanceId: string;
    readonly keys: readonly OpenedKey[];
  }): Promise<void>;
}
