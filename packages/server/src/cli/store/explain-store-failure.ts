import { explainFileError } from '../../files/file-error.ts';
import { explainConnectError } from '../../store/postgresql/explain-connect-error.ts';
import { StatementFailure } from '../../store/postgresql/failure.ts';
import { StoreUnavailable } from '../../store/store-unavailable.ts';
import { UnfitStore } from '../../store-copy/unfit-store.ts';
import { CommandError } from '../exit-code.ts';
import type { StorePlace } from './place.ts';

/** What to throw for an error of a store, so that a person reads why, and what to do. */
export function explainStoreFailure(error: unknown, places: readonly StorePlace[], advice: string): unknown {
  if (error instanceof UnfitStore) return new CommandError(error.message, undefined, { cause: error });
  const target = places.find((place) => place.kind === 'postgresql')?.target;
  if (target !== undefined) {
    const explained = explainConnectError(error, target);
    if (explained !== error) return explained;
  }
  if (error instanceof StatementFailure || error instanceof StoreUnavailable) {
    return new CommandError(`PostgreSQL failed: ${error.message}. ${advice}`, undefined, { cause: error });
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return new CommandError(`${(error as NodeJS.ErrnoException).path}: ${explainFileError(error)}`);
  }
  return error;
}
