/** The name of the runtime in URLs, where services have theirs. */
export const RUNTIME = 'client';
