import type { WireErrorCode } from './error.ts';
import { WireError } from './error.ts';
import { renderPath } from './values/path.ts';

/**
 * A value does not fit its schema. Thrown inside codecs at that value; every container adds its step to the path on the
 * way up, so that paths cost nothing where all values fit.
 */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly #steps: string[] = [];

  /** @param step member name, list index or map key of the value inside its container */
  within(step: string | number): this {
    this.#steps.unshift(String(step));
    return this;
  }

  toWireError(code: Extract<WireErrorCode, 'malformed' | 'unwritable'>): WireError {
    const path = renderPath(this.#steps);
    const action = code === 'malformed' ? 'read' : 'write';
    return new WireError(code, `Cannot ${action} '${path || '/'}': ${this.message}`, { path });
  }
}

/** Adds a step to the path of a misfit. Returns any other error unchanged. */
export function within(error: unknown, step: string | number): unknown {
  return error instanceof Misfit ? error.within(step) : error;
}

/** Runs a codec, and turns its misfit into a `WireError`. */
export function reporting<Result>(code: 'malformed' | 'unwritable', work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof Misfit ? error.toWireError(code) : error;
  }
}

/** A misfit for a value of a wrong type. Its message names the type found, never the value. */
export function unexpected(found: unknown, wanted: string): Misfit {
  return new Misfit(`found ${kindOf(found)}, expected ${wanted}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Works on one part of a value: adds the step to that part to the path of a misfit. */
export function at<Result>(step: string | number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw within(error, step);
  }
}
