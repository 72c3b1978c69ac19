export type PasswordChecker = unknown;
