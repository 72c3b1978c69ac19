import type { AuditEvent } from '../audit/audit.ts';
import type { Origin } from '../origin.ts';
import type { LinkPurpose } from '../store/port/links.ts';
import type { Notice } from '../store/port/notices.ts';

export type { Notice } from '../store/port/notices.ts';

/** Something that happened to a person, of which they are told. `address` is from where somebody did it, as an IP address. */
export type Happening =
  /** In a browser in which the person had not signed in before. */
  | { readonly kind: 'signedIn'; readonly userAgent: string; readonly address: string }
  | {
      readonly kind: 'deviceAllowed';
      readonly clientName: string;
      /** The address of the device. */
      readonly requestedFrom: string;
      readonly authorizationId: number;
      readonly address: string;
    }
  | { readonly kind: 'passwordChanged'; readonly address: string }
  | {
      readonly kind: 'factorAdded' | 'factorRemoved';
      readonly factor: 'totp' | 'passkey';
      readonly address: string;
    }
  | { readonly kind: 'recoveryCodesMade'; readonly address: string }
  | { readonly kind: 'linkUsed'; readonly purpose: LinkPurpose; readonly address: string }
  /** Whoever runs the server did it. */
  | { readonly kind: 'passwordSet' | 'factorsReset' }
  | { readonly kind: 'linkMade'; readonly purpose: LinkPurpose };

/** A happening, whose it is, and when it was. */
export interface PersonalHappening {
  readonly userId: string;
  readonly happening: Happening;
  /** Absent: now. */
  readonly atMs?: number;
  /** Whether the person knows already. */
  readonly isTold?: true;
}

/** @returns what an audit event is to a person; `undefined` where they are not told of such events */
export function happeningOf(
  event: AuditEvent,
  { address, userAgent }: Origin,
): PersonalHappening | undefined {
  switch (event.event) {
    case 'signInSucceeded':
      if (event.newBrowser !== true) return undefined;
      return { userId: event.userId, happening: { kind: 'signedIn', userAgent, address } };
    case 'deviceRequestAllowed': {
      const { userId, clientName, requestedFrom, authorizationId } = event;
      return {
        userId,
        happening: { kind: 'deviceAllowed', clientName, requestedFrom, authorizationId, address },
      };
    }
    case 'factorAdded':
    case 'factorRemoved':
      return { userId: event.userId, happening: { kind: event.event, factor: event.kind, address } };
    case 'recoveryCodesMade':
      return { userId: event.userId, happening: { kind: event.event, address } };
    case 'linkUsed':
      return { userId: event.userId, happening: { kind: event.event, purpose: event.purpose, address } };
    case 'linkMade': {
      const { userId, purpose, atMs, isMailed } = event;
      return {
        ...{ userId, happening: { kind: event.event, purpose } },
        ...(atMs !== undefined && { atMs }),
        ...(isMailed && { isTold: true }),
      };
    }
    case 'directoryChanged': {
      const { userId, step, source, actor, atMs } = event;
      if (userId === undefined || (step !== 'setPassword' && step !== 'resetFactors')) return undefined;
      const when = atMs === undefined ? {} : { atMs };
      if (step === 'resetFactors') return { userId, happening: { kind: 'factorsReset' }, ...when };
      const isOwn = source === 'page' && actor === userId;
      return {
        userId,
        happening: isOwn ? { kind: 'passwordChanged', address } : { kind: 'passwordSet' },
        ...when,
      };
    }
    default:
      return undefined;
  }
}

/** What the store keeps of a happening. */
export function renderDetail({ kind: _, ...detail }: Happening): string {
  return JSON.stringify(detail);
}

/** @returns what a stored notice tells of */
export function parseHappening({ kind, detail }: Pick<Notice, 'kind' | 'detail'>): Happening {
  return { ...JSON.parse(detail), kind };
}
