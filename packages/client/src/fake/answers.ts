import type { StreamingInput } from '@latchkey/wire/values/bytes';
import type { StreamingOutput } from '../call/streaming-output.ts';
import type { Failure } from './failure.ts';

type Fn = (...args: never[]) => Promise<unknown>;

/** Names of the methods that call one operation; paginators and waiters call those. */
export type MethodOf<Client> = {
  [Name in keyof Client]: Client[Name] extends Fn ? (Name extends `waitFor${string}` ? never : Name) : never;
}[keyof Client];

/** Input of a method. */
export type InputOf<Client, Method extends keyof Client> = Client[Method] extends (
  ...args: infer Args
) => unknown
  ? NonNullable<Args[0]>
  : never;

/** An output as a test gives it: bytes, text or a stream where a call gives a stream of bytes. */
type GivenOutput<Output> = Output extends object
  ? { readonly [Name in keyof Output]: Streamed<Output[Name]> }
  : // biome-ignore lint/complexity/noBannedTypes: an operation without output
    {};

type Streamed<Value> = StreamingOutput extends Value
  ? StreamingInput | Exclude<Value, StreamingOutput>
  : Value;

type OutputOf<Client, Method extends keyof Client> = Client[Method] extends (
  ...args: never[]
) => Promise<infer Output>
  ? GivenOutput<Output>
  : never;

/**
 * What one attempt is answered with: an output; `failure(...)`, an error that the service answers with; or an error that
 * is thrown instead of an answer, such as a `ClientError` `connectionFailed`. A function makes it from the input.
 */
export type Answer<Input, Output> =
  | Output
  | Failure
  | Error
  | ((input: Input, attempt: number) => Output | Failure | Promise<Output | Failure>);

/** Answers by the name of a method. Of a list, each attempt takes the next; the last one is for all that follow. */
export type Answers<Client> = {
  readonly [Method in MethodOf<Client>]?:
    | Answer<InputOf<Client, Method>, OutputOf<Client, Method>>
    | readonly [
        Answer<InputOf<Client, Method>, OutputOf<Client, Method>>,
        ...Answer<InputOf<Client, Method>, OutputOf<Client, Method>>[],
      ];
};
