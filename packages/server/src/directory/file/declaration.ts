/** The people and what they may reach, as the configuration states it: who exists, and who is assigned what. */
export interface DirectoryConfig {
  readonly users: readonly UserConfig[];
  readonly groups: readonly GroupConfig[];
  readonly accounts: readonly AccountConfig[];
  readonly permissionSets: readonly PermissionSetConfig[];
  readonly assignments: readonly AssignmentConfig[];
}

export interface UserConfig {
  /** A UUID. Absent: made from the instance id and the user name. */
  readonly id?: string;
  /** What the person types to sign in, compared without regard to case; 2 to 64 of `[\w+=,.@-]`. */
  readonly userName: string;
  readonly displayName?: string;
  /** The primary address, before those of `emails`. */
  readonly email?: string;
  readonly emails?: readonly EmailConfig[];
  readonly externalIds?: readonly ExternalIdConfig[];
  /** Argon2id in PHC form, `$argon2id$v=19$m=…`. Absent: the user cannot sign in with a password. */
  readonly passwordHash?: string;
  readonly disabled?: boolean;
}

export interface EmailConfig {
  readonly address: string;
  /** E.g. `work`. */
  readonly kind?: string;
  readonly primary?: boolean;
}

/** What an identity provider calls a user or a group. */
export interface ExternalIdConfig {
  readonly issuer: string;
  readonly id: string;
}

export interface GroupConfig {
  /** A UUID. Absent: one is made. */
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly externalIds?: readonly ExternalIdConfig[];
  /** User names. */
  readonly members: readonly string[];
}

export interface AccountConfig {
  /** 12 digits, leading zeros kept. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

export interface PermissionSetConfig {
  /** `ps-` and 16 hex digits. Absent: one is made. */
  readonly id?: string;
  /** 1 to 32 of `[\w+=,.@-]`. */
  readonly name: string;
  readonly description?: string;
  /** How long role credentials live; 900 to 43200, default 3600. */
  readonly sessionDurationSeconds: number;
}

/** Gives each named user and group each named permission set in each named account. */
export interface AssignmentConfig {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** Ids of accounts. */
  readonly accounts: readonly string[];
  readonly permissionSets: readonly string[];
}

/** The kinds of entries that have a name, by which others refer to them; of an account, it is the id. */
export type NamedKind = 'user' | 'group' | 'account' | 'permissionSet';
