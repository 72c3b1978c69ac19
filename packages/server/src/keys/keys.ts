export type Keys = unknown;
