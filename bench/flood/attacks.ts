/** What an attacker does for as long as the measurement lasts. */
export interface Attack {
  readonly title: string;
  readonly connections: number;
  /** How many addresses of this machine the connections come from. */
  readonly addresses: number;
  /** What each connection sends at first. */
  readonly begin: string;
  /** What it sends after each answer. */
  readonly again?: string;
  /** Whether it reads its answers. */
  readonly reads: boolean;
}

const HOST = 'Host: localhost\r\n';
const post = (path: string, body: string, length = body.length) =>
  `POST ${path} HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;

const manyOf = (path: string) => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`.repeat(5_000);
const registration = post('/client/register', JSON.stringify({ clientName: 'flood', clientType: 'public' }));

export const attacks = {
  none: { title: 'no attack', connections: 0, addresses: 1, begin: '', reads: true },
  pipelined: {
    title: '100 connections, 5,000 pipelined requests each',
    connections: 100,
    addresses: 1,
    begin: manyOf('/healthz'),
    reads: true,
  },
  unread: {
    title: '100 connections, 5,000 pipelined requests each for a page, answers not read',
    connections: 100,
    addresses: 1,
    begin: manyOf('/sign-in'),
    reads: false,
  },
  requests: {
    title: '4,000 connections, one request after the other',
    connections: 4_000,
    addresses: 1,
    begin: registration,
    again: registration,
    reads: true,
  },
  connections: {
    title: '60 addresses, 170 connections each, half a request',
    connections: 10_200,
    addresses: 60,
    begin: 'GET / HTTP/1.1\r\nHost: lo',
    reads: true,
  },
  bodies: {
    title: '60 addresses, 40 connections each, bodies without their end',
    connections: 2_400,
    addresses: 60,
    begin: post('/client/register', 'x'.repeat(65_000), 65_536),
    reads: true,
  },
} as const satisfies Readonly<Record<string, Attack>>;

export type AttackName = keyof typeof attacks;

export const attackNames = Object.keys(attacks) as AttackName[];
