export type { Factor, PasskeyFactor, RecoveryCodes } from '../store/port/factors.ts';
