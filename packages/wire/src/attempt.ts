import { WireError } from './error.ts';
import { Misfit } from './misfit.ts';

/** @returns undefined when a message does not fit the model, for those who take whatever was sent */
export function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof WireError || error instanceof Misfit) return undefined;
    throw error;
  }
}
