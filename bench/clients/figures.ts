import type { Figures } from '../measurements/figures.ts';
import type { ComparedCall } from './calls.ts';

/** The compared clients. */
export const sideNames = ['latchkey', 'sdk', 'aws-lite', 'aws4fetch'] as const;
export type SideName = (typeof sideNames)[number];

type Call = ComparedCall['service'];

export type ClientMeasure =
  | `${Call} bundle for Node bytes`
  | `${Call} bundle for browsers bytes`
  /** Bytes of a split bundle that one call loads, with keys in the environment. */
  | `${Call} loaded of a split bundle bytes`
  | `${Call} import ms`
  | `${Call} first answer ms`
  | `${Call} calls per second`
  | `${Call} cpu ms`
  | `${Call} installed bytes`
  /** Bytes installed for all calls together. */
  | 'installed bytes'
  | 'packages'
  /** Of a fresh server: from the request until the module is there. */
  | 'first module ms'
  /** Of Deno with an empty cache, over a line with a round trip of 50 ms, start of Deno included. */
  | 'cold import by URL ms'
  | 'generate sso-oidc ms'
  | 'generate s3 ms'
  | 'generate all ms'
  | `${Call} module bytes`
  | `${Call} module compressed bytes`;

export type ClientFigures = Figures<ClientMeasure, SideName>;
