import { ClientError } from '../client-error.ts';

/** How far a transfer is. */
export interface TransferProgress {
  /** Bytes of the body that are through. */
  readonly loaded: number;
  /** All bytes, where they are known. */
  readonly total: number | undefined;
}

/** @throws {ClientError} `badInput` for an option that is no whole number from `least` */
export function checkedCount(action: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new ClientError(
    'badInput',
    `Cannot ${action}: ${name} is ${value}, expected a whole number from ${least}`,
  );
}
