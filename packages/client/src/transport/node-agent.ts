/** An `http.Agent` or `https.Agent`, told by what both have, so that these types need none of Node's. */
export interface NodeAgent {
  readonly maxSockets: number;
  destroy(): void;
}
