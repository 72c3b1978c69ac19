export type Audit = unknown;
