import type { Origin } from '../origin.ts';

/** What happened that somebody may ask about later. Never holds a password, code, token or secret. */
export type AuditEvent =
  | { readonly event: 'signInSucceeded'; readonly userId: string; readonly userName: string }
  | { readonly event: 'signInRefused'; readonly userId: string | undefined }
  | { readonly event: 'signInLimited' }
  | { readonly event: 'signedOut'; readonly userId: string; readonly userName: string }
  | { readonly event: 'userCodeLimited'; readonly userId: string }
  | DeviceRequestEvent
  | {
      readonly event: 'authorizationAllowed' | 'authorizationDenied';
      readonly userId: string;
      readonly clientName: string;
    }
  | {
      readonly event: 'sessionStarted' | 'sessionLoggedOut';
      readonly userId: string | null;
      readonly authorizationId: number;
    }
  | {
      /** A code or refresh token came back after its time: somebody else may have it. The session has been ended. */
      readonly event: 'authorizationCodeReused' | 'deviceCodeReused' | 'refreshTokenReused';
      readonly userId: string | null;
      readonly authorizationId: number;
    }
  | {
      readonly event: 'roleCredentialsIssued';
      readonly userId: string;
      readonly accountId: string;
      readonly roleName: string;
      readonly accessKeyId: string;
    };

interface DeviceRequestEvent {
  readonly event: 'deviceRequestAllowed' | 'deviceRequestDenied';
  readonly userId: string;
  readonly clientName: string;
  /** Where the device asked from; the origin says where it was answered from. */
  readonly requestedFrom: string;
}

/** Records events as they happen. */
export interface Audit {
  record(event: AuditEvent, origin: Origin): void;
}
