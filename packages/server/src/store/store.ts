export type Store = unknown;
