import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { NodeAgent } from './node-agent.ts';

export interface NodeAgentsOptions {
  /** An agent of the program, used for every request. */
  readonly agent?: NodeAgent | undefined;
  /** Maximum number of connections to a host. Default: 50. */
  readonly maxSockets?: number | undefined;
  /** Whether requests never go through a proxy, whatever the environment says. */
  readonly isDirect?: boolean | undefined;
}

const defaultMaxSockets = 50;
const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** The agents of `node:http` and `node:https` that keep the connections of one transport. */
export class NodeAgents {
  readonly #options: NodeAgentsOptions;
  #http: HttpAgent | undefined;
  #https: HttpsAgent | undefined;

  constructor(options: NodeAgentsOptions) {
    this.#options = options;
  }

  /** Name of the variable that sends requests through a proxy, for error messages; `undefined` where none does. */
  get proxyVariable(): string | undefined {
    if (this.#options.isDirect === true || this.#options.agent !== undefined) return undefined;
    return proxyVariables.find((name) => process.env[name]);
  }

  of(secure: boolean): HttpAgent | HttpsAgent {
    const { agent } = this.#options;
    if (agent !== undefined) return agent as HttpAgent;
    return secure ? this.https() : this.http();
  }

  http(): HttpAgent {
    this.#http ??= new (process.getBuiltinModule('node:http').Agent)(this.#agentOptions());
    return this.#http;
  }

  https(): HttpsAgent {
    this.#https ??= new (process.getBuiltinModule('node:https').Agent)(this.#agentOptions());
    return this.#https;
  }

  /** Whether connections of HTTP/2 are made by the agents: through a proxy, or as the program wants it. */
  get connects(): boolean {
    return this.#options.agent !== undefined || this.proxyVariable !== undefined;
  }

  /** Opens a connection over TLS that speaks one of the protocols, e.g. `h2`. */
  connect({ hostname, port }: URL, protocols: readonly string[]): Promise<Duplex> {
    const agent = this.of(true);
    const host = hostname.replace(/^\[|\]$/g, '');
    const options = {
      ...(agent as HttpsAgent).options,
      host,
      port: port || 443,
      servername: host,
      ALPNProtocols: protocols,
    };
    return new Promise((resolve, reject) => {
      const socket = agent.createConnection(options, (error, tunnel) => {
        if (error) reject(error);
        else if (tunnel) resolve(tunnel);
      }) as TLSSocket;
      // A direct connection is given back, and no callback called. What is given back for a tunnel is the connection to
      // the proxy, with which no protocol was agreed on.
      socket.once('secureConnect', () => {
        if (socket.alpnProtocol) resolve(socket);
      });
      socket.once('error', reject);
    });
  }

  /** Closes connections, but for those of an agent of the program. */
  destroy(): void {
    this.#http?.destroy();
    this.#https?.destroy();
  }

  #agentOptions() {
    const { maxSockets = defaultMaxSockets } = this.#options;
    const proxy = this.proxyVariable === undefined ? {} : { proxyEnv: process.env };
    return { keepAlive: true, scheduling: 'lifo' as const, maxSockets, ...proxy };
  }
}
