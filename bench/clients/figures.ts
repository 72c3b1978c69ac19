import type { Figures } from '../measurements/figures.ts';
import type { ComparedCall } from './calls.ts';

/** What is compared. */
export const sideNames = ['latchkey', 'sdk'] as const;
export type SideName = (typeof sideNames)[number];

type Call = ComparedCall['service'];

export type ClientMeasure =
  | `${Call} bundle for Node bytes`
  | `${Call} bundle for browsers bytes`
  /** Of a bundle that is split, what one call with keys in the environment loads. */
  | `${Call} loaded of a split bundle bytes`
  | `${Call} import ms`
  | `${Call} first answer ms`
  | `${Call} calls per second`
  | `${Call} cpu ms`
  | `${Call} installed bytes`
  /** For all calls together. */
  | 'installed bytes'
  | 'packages'
  | 'generate sso-oidc ms'
  | 'generate s3 ms'
  | 'generate all ms'
  | `${Call} module bytes`
  | `${Call} module compressed bytes`;

export type ClientFigures = Figures<ClientMeasure, SideName>;
