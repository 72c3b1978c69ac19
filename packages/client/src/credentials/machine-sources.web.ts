import type { Source } from './chain-source.ts';

export const machineSources: readonly Source[] = [];
