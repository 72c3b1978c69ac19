import type {
  AccountEntry,
  DirectorySource,
  EntryKind,
  GroupEntry,
  PermissionSetEntry,
  Principal,
  UserEntry,
} from './directory.ts';

/** The directory as it is changed. */
export interface DirectoryWriter {
  /**
   * Applies all steps of a change, or none. A step sees what the steps before it did. What a later read finds, in this
   * process or another, is the changed directory.
   *
   * @returns `refused` where a step meets what others own or what is not as the step needs it
   * @throws {RangeError} where the change has more than `MAX_STEPS` steps
   */
  changeDirectory(change: DirectoryChange): Promise<ChangeOutcome>;
}

/** The most steps of a change: while it is applied, nothing else can be written. */
export const MAX_STEPS = 100;

/** A change of the directory. It is plain data, so that a socket can carry it. */
export interface DirectoryChange {
  /**
   * A UUID. A change that is asked for again under the id of an earlier one changes nothing, and has the outcome of the
   * earlier one; outcomes are kept for 30 days. Absent: the change is not known again.
   */
  readonly id?: string;
  readonly source: DirectorySource;
  /** Who asks, e.g. `command` or a user id. */
  readonly actor: string;
  readonly nowMs: number;
  /** The change is refused as `outdated` where the source has another revision; 0 for one that never changed anything. */
  readonly ifSourceRevision?: number;
  /** What the source's digest is afterwards; `null` for none. Absent: as before. */
  readonly sourceDigest?: Uint8Array | null;
  readonly steps: readonly DirectoryStep[];
}

/**
 * One step of a change. Where `id` of something new is absent, the store makes one. A step with `ifRevision` is refused as
 * `outdated` where the entry has another revision.
 */
export type DirectoryStep = UserStep | GroupStep | MembershipStep | AccountStep | PermissionSetStep | LetGo;

export type UserStep =
  /** Adds a user, or takes over the user of that name who has left another source: with the same id, and enabled. */
  | { readonly kind: 'addUser'; readonly user: NewUser }
  | {
      readonly kind: 'changeUser';
      readonly id: string;
      readonly ifRevision?: number;
      readonly values: Changed<UserValues>;
    }
  /**
   * Sets the password, or removes it (`null`), whatever the user's source, unless the file has set the present one; a page only in the
   * place of one that a page or a command has set. With `version`, it is refused as `outdated` where the user has another version than
   * `before`, and the user has the version `after` then.
   */
  | {
      readonly kind: 'setPassword';
      readonly userId: string;
      readonly hash: string | null;
      readonly version?: { readonly before: string; readonly after: string };
    }
  /** Whatever the user's source. `resetFactors` removes all factors and recovery codes, and ends all sessions. */
  | {
      readonly kind: 'blockUser' | 'unblockUser' | 'signOutEverywhere' | 'resetFactors';
      readonly userId: string;
    }
  /** Removes a user with the memberships and assignments of the same source; its id is never given to another user. */
  | { readonly kind: 'removeUser'; readonly id: string };

export type GroupStep =
  /** Adds a group, or takes on again the group of that name which the source has handed over: with the same id. */
  | { readonly kind: 'addGroup'; readonly group: GroupValues & { readonly id?: string } }
  | {
      readonly kind: 'changeGroup';
      readonly id: string;
      readonly ifRevision?: number;
      readonly values: Changed<GroupValues>;
    }
  /** Removes a group with the memberships and assignments of the same source. */
  | { readonly kind: 'removeGroup'; readonly id: string };

export interface MembershipStep {
  readonly kind: 'addMembership' | 'removeMembership';
  readonly userId: string;
  readonly groupId: string;
}

export type AccountStep =
  /** Adds an account, or takes on again the account with that id which the source has handed over. */
  | { readonly kind: 'addAccount'; readonly account: AccountValues & { readonly id: string } }
  | {
      readonly kind: 'changeAccount';
      readonly id: string;
      readonly ifRevision?: number;
      readonly values: Changed<AccountValues>;
    }
  /** Removes an account with the assignments of the same source. */
  | { readonly kind: 'removeAccount'; readonly id: string };

export type PermissionSetStep =
  /** Adds a permission set, or takes on again the one of that name which the source has handed over: with the same id. */
  | {
      readonly kind: 'addPermissionSet';
      readonly permissionSet: PermissionSetValues & { readonly id?: string };
    }
  | {
      readonly kind: 'changePermissionSet';
      readonly id: string;
      readonly ifRevision?: number;
      readonly values: Changed<PermissionSetValues>;
    }
  /** Removes a permission set with the assignments of the same source. */
  | { readonly kind: 'removePermissionSet'; readonly id: string }
  | {
      readonly kind: 'addAssignment' | 'removeAssignment';
      readonly principal: Principal;
      readonly accountId: string;
      readonly permissionSetId: string;
    };

/**
 * What a source does not declare any more: a user is disabled, has left, and loses the source's memberships and
 * assignments; a password that the source set is removed. Another entry is removed, with what the source refers to it by,
 * or handed over to `command` where other sources refer to it (`handedOverBy`).
 */
export interface LetGo {
  readonly kind: 'letGo';
  readonly entry: {
    readonly kind: 'user' | 'group' | 'account' | 'permissionSet';
    readonly id: string;
  };
}

export type UserValues = Pick<UserEntry, 'userName' | 'displayName' | 'emails' | 'externalIds' | 'status'>;

export interface NewUser extends UserValues {
  readonly id?: string;
  /** Argon2id in PHC form. */
  readonly passwordHash?: string;
  /** Only while the store adopts versions (`adoptsVersions`), and for a user who is enabled. Default: random. */
  readonly version?: string;
}

export type GroupValues = Pick<GroupEntry, 'name' | 'description' | 'externalIds'>;
export type AccountValues = Pick<AccountEntry, 'name' | 'email'>;
export type PermissionSetValues = Pick<PermissionSetEntry, 'name' | 'description' | 'sessionDurationSeconds'>;

/** The values that change. `null` removes one that may be absent. */
export type Changed<Values> = {
  readonly [K in keyof Values]?: Values[K] | (Record<never, never> extends Pick<Values, K> ? null : never);
};

export type ChangeOutcome =
  | {
      readonly kind: 'changed';
      /** Revision of the source after the change. */
      readonly sourceRevision: number;
      /** What each step did. */
      readonly results: readonly StepResult[];
    }
  | {
      readonly kind: 'refused';
      /** Index of the step; -1 where it is the change as a whole (`ifSourceRevision`). */
      readonly step: number;
      readonly conflict: Conflict;
    };

export interface StepResult {
  /** Of what was added. */
  readonly id?: string;
  /** `disabled` and `handedOver` are what `letGo` did where it did not remove the entry. */
  readonly did: 'added' | 'changed' | 'unchanged' | 'removed' | 'disabled' | 'handedOver';
}

/** Names an entry to people. */
export interface EntryRef {
  readonly kind: EntryKind;
  /** The key of a membership or an assignment. */
  readonly id: string;
  readonly name?: string;
  readonly source: DirectorySource;
}

export type Conflict =
  /** Another source owns the entry; with `what: 'password'`, the password of the user. */
  | { readonly kind: 'owned'; readonly entry: EntryRef; readonly what?: 'password' }
  /** Another entry has the id, the name or the external id. */
  | {
      readonly kind: 'taken';
      readonly what: 'id' | 'userName' | 'name' | 'externalId';
      readonly by: EntryRef;
    }
  /** An entry that was removed had the id. */
  | { readonly kind: 'spent'; readonly id: string }
  /** Entries of other sources refer to the entry. */
  | {
      readonly kind: 'referredTo';
      readonly entry: EntryRef;
      /** At most 10 of them. */
      readonly by: readonly EntryRef[];
    }
  | { readonly kind: 'missing'; readonly what: EntryKind; readonly id: string }
  | {
      readonly kind: 'outdated';
      /** The revision that the entry or the source has. */
      readonly revision: number;
    };
