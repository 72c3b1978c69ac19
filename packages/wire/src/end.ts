/**
 * The end of the wire that reads or writes. A server is strict, so that mistakes are found where they are made; a client
 * also accepts what a newer or less strict server may send.
 */
export type End = 'server' | 'client';
