import { WireError } from './error.ts';
import { Misfit } from './misfit.ts';

/** Reads a message leniently. @returns undefined where it does not fit the model */
export function unlessMisfit<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof WireError || error instanceof Misfit) return undefined;
    throw error;
  }
}
