import type { Origin } from '../origin.ts';
import type { DirectorySource } from '../store/port/directory.ts';
import type { DirectoryStep, StepResult } from '../store/port/directory-change.ts';
import type { LinkPurpose } from '../store/port/links.ts';
import type { SessionKind } from '../store/port/session-lists.ts';

/**
 * An audit event: something that happened and that somebody may ask about later. Never holds a password, code, token or
 * secret.
 */
export type AuditEvent =
  | {
      readonly event: 'signInSucceeded';
      readonly userId: string;
      readonly userName: string;
      /** What the person signed in with, separated by spaces: `password totp` (factors/sign-in-factors.ts). */
      readonly factors: string;
      /** `true` where the browser had a device cookie with tries. */
      readonly knownBrowser?: true;
      /** `true` where the person had not signed in with this browser before, as far as it says. */
      readonly newBrowser?: true;
    }
  | SignInFailedEvent
  | {
      readonly event: 'linkUsed';
      readonly userId: string;
      readonly userName: string;
      readonly purpose: LinkPurpose;
    }
  | FactorEvent
  | {
      /** Of the password that a person types to change it. */
      readonly event: 'currentPasswordRefused' | 'currentPasswordLimited';
      readonly userId: string;
      readonly userName: string;
    }
  | { readonly event: 'signedOut'; readonly userId: string; readonly userName: string }
  | { readonly event: 'userCodeLimited' | 'redirectHostLimited'; readonly userId: string }
  | DeviceRequestEvent
  | DeviceRequestRefusedEvent
  | {
      readonly event: 'authorizationAllowed' | 'authorizationDenied';
      readonly userId: string;
      readonly clientName: string;
    }
  | TokensIssuedEvent
  | {
      readonly event: 'sessionLoggedOut';
      readonly userId: string;
      readonly authorizationId: number;
    }
  | {
      /** A code or refresh token came back after its time: somebody else may have it. The session has been ended. */
      readonly event: 'authorizationCodeReused' | 'deviceCodeReused' | 'refreshTokenReused';
      readonly userId: string;
      readonly authorizationId: number;
    }
  | {
      readonly event: 'roleCredentialsIssued';
      readonly userId: string;
      readonly authorizationId: number;
      readonly accountId: string;
      readonly roleName: string;
      readonly accessKeyId: string;
    }
  | PolicyRefusedEvent
  | CommandEvent;

/** Something that the policy did not let a person do, or a program for them. */
export interface PolicyRefusedEvent {
  readonly event: 'policyRefused';
  readonly userId: string;
  /** Of the session of the program, where it was one. */
  readonly authorizationId?: number;
  readonly act: 'signIn' | 'visit' | 'allow' | 'redeem' | 'refresh' | 'use' | 'getRoleCredentials';
  /** Of the permission set whose role credentials were asked for. */
  readonly roleName?: string;
  /** `network`: the request came from another one. `signIn`: the sign-in was with too little, or too long ago. */
  readonly reason: 'network' | 'signIn';
  /** Name of the rule, or its place: `policy[0]`. */
  readonly rule: string;
}

/** What commands do, also while no server runs. */
export type CommandEvent = DirectoryChangedEvent | SessionEndedEvent | RoleRevokedEvent | LinkGivenEvent;

/** A one-time link was made for a user, or taken back. */
export type LinkGivenEvent = {
  readonly userId: string;
  readonly userName: string;
  /** Who asked for it. */
  readonly actor: string;
  /** When it happened, where that was while no server ran, in milliseconds since the Unix epoch. */
  readonly atMs?: number;
} & (
  | {
      readonly event: 'linkMade';
      readonly purpose: LinkPurpose;
      /** In ISO 8601. */
      readonly expiresAt: string;
      /** `true` where the person got it by mail. */
      readonly isMailed?: true;
    }
  | { readonly event: 'linkRevoked' }
);

/** A session was ended by its person or by an operator. */
export interface SessionEndedEvent {
  readonly event: 'sessionEnded';
  readonly session: SessionKind;
  /** Of the sign-in session, or of the authorization. */
  readonly sessionId: number;
  readonly userId: string;
  /** Who asked for it: the id of a user, or who gave a command. */
  readonly actor: string;
  /** When it happened, where that was while no server ran, in milliseconds since the Unix epoch. */
  readonly atMs?: number;
}

/** Role credentials of a role that were issued before an instant are refused from then on. */
export interface RoleRevokedEvent {
  readonly event: 'roleRevoked';
  readonly accountId: string;
  readonly roleName: string;
  /** In ISO 8601. */
  readonly issuedBefore: string;
  readonly actor: string;
  /** When it happened, where that was while no server ran, in milliseconds since the Unix epoch. */
  readonly atMs?: number;
}

/**
 * A sign-in that failed: the name or password was wrong, or the person or the address has no try left. Says who it would
 * have been. A name that nobody has is given as a digest, the same for the same name: people type passwords into the
 * field for their name.
 */
type SignInFailedEvent = { readonly event: 'signInRefused' | 'signInLimited' } & (
  | { readonly userId: string; readonly userName: string; readonly knownBrowser?: true }
  | { readonly unknownNameDigest: string }
);

/**
 * Of what a person signs in with besides a password. `secondFactorRequired`: the password was right. `passkeyCounterWentBack`: there
 * may be a copy of the passkey; it was refused. `passkeyRefused`: a passkey alone did not sign anybody in.
 */
type FactorEvent =
  | { readonly event: 'secondFactorRequired'; readonly userId: string; readonly userName: string }
  | {
      readonly event: 'secondFactorRefused' | 'secondFactorLimited';
      readonly userId: string;
      readonly userName: string;
      readonly factor: 'totp' | 'recoveryCode' | 'passkey';
    }
  | { readonly event: 'passkeyRefused' | 'passkeyLimited' }
  | {
      readonly event: 'factorAdded' | 'factorRemoved' | 'passkeyCounterWentBack';
      readonly userId: string;
      readonly factorId: string;
      readonly kind: 'totp' | 'passkey';
    }
  | { readonly event: 'recoveryCodesMade'; readonly userId: string };

/**
 * Tokens were handed out: with `sessionStarted` for a code, with `tokensRefreshed` for the current refresh token, with
 * `tokensRepeated` the session's current tokens once more, for a code or refresh token within its grace.
 */
interface TokensIssuedEvent {
  readonly event: 'sessionStarted' | 'tokensRefreshed' | 'tokensRepeated';
  readonly userId: string;
  readonly authorizationId: number;
  /** The generation of the tokens; rises by one with each refresh. */
  readonly generation: number;
  /**
   * The generation that the store had, where that of the refresh token was later: the store went back in time, as by a restore.
   */
  readonly storedGeneration?: number;
}

/** Somebody wanted to allow a device, and the settings do not let them. */
interface DeviceRequestRefusedEvent extends Omit<DeviceRequestEvent, 'event' | 'authorizationId'> {
  readonly event: 'deviceRequestRefused';
  readonly reason: 'turnedOff' | 'client' | 'group' | 'network' | 'otherNetwork';
}

interface DeviceRequestEvent {
  readonly event: 'deviceRequestAllowed' | 'deviceRequestDenied';
  readonly authorizationId: number;
  readonly userId: string;
  readonly clientName: string;
  /** Where the device asked from; the origin says where it was answered from. */
  readonly requestedFrom: string;
}

/** A step of a change of the directory that did something. The ids and names are those of the entries that it is about. */
export interface DirectoryChangedEvent {
  readonly event: 'directoryChanged';
  readonly step: DirectoryStep['kind'];
  readonly did: StepResult['did'];
  readonly source: DirectorySource;
  /** Who asked for the change. */
  readonly actor: string;
  /** When it happened, where that was while no server ran, in milliseconds since the Unix epoch. */
  readonly atMs?: number;
  readonly userId?: string;
  readonly userName?: string;
  readonly groupId?: string;
  readonly groupName?: string;
  readonly accountId?: string;
  readonly permissionSetId?: string;
  readonly permissionSetName?: string;
}

/** Records events as they happen. */
export interface Audit {
  record(event: AuditEvent, origin: Origin): void;
}
