import { inspect } from 'node:util';
import type { Failure } from './tally.ts';

/** Tells of a failure in full: where, in which test, and the error with its causes. */
export function renderFailure(failure: Failure): string {
  return `${placeOf(failure)}\n  ${failure.title}\n${indent(explain(failure.error), '    ')}`;
}

/** @returns e.g. `packages/wire/src/xml/parse.test.ts:12` */
export function placeOf({ file, line }: Failure): string {
  return line === undefined ? file : `${file}:${line}`;
}

function explain(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return inspect(error);
  const { stack = String(error), cause } = error;
  const own = stack.split('\n').filter((line) => !/^\s+at .*\bnode:/.test(line));
  const parts = error instanceof AggregateError ? error.errors : [];
  return [
    ...own,
    ...parts.map((part) => indent(`one of the errors: ${explain(part)}`, '  ')),
    ...(cause === undefined ? [] : [indent(`because of: ${explain(cause)}`, '  ')]),
  ].join('\n');
}

function indent(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}
