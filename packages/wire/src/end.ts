/**
 * Which end of the wire reads. A server is strict, so that a mistake is met where it is made; a client reads what a
 * newer or laxer server may send.
 */
export type End = 'server' | 'client';
