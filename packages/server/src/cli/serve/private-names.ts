import { renderEnvironment } from '../../aws-config/environment-lines.ts';
import { type PrivateNames, startPrivateNames } from '../../private-names/private-names.ts';
import type { RunningServer } from '../../server.ts';
import { CommandError } from '../exit-code.ts';

/** The port at which clients expect AWS. */
const HTTPS_PORT = 443;

/** @throws {CommandError} when the port cannot be had */
export function openPrivateNames(server: RunningServer, port: number): Promise<PrivateNames> {
  return startPrivateNames(server, port).catch((error: unknown) => {
    const why = explainFailure(error, server.context.config.listen.host, port);
    throw new CommandError(why, undefined, { cause: error });
  });
}

/** @returns why AWS's own host names cannot be answered, and what to do about it */
export function explainFailure(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why = {
    EADDRINUSE: `another program listens on port ${port} of ${host}`,
    EACCES: `this user may not listen on port ${port}`,
  }[String(code)];
  if (why === undefined) return `Private names: ${String(error)}`;
  return `Private names: ${why}. Start the server in a network namespace of its own, where every port is free, or choose another port, as with --private-names 8443, and lead port ${HTTPS_PORT} there; docs/private-names.md shows how`;
}

/** What a person does on this machine, so that a program finds the names and trusts them. */
export function renderPrivateNames(names: PrivateNames): string {
  const { address, hosts, port } = names;
  const detour =
    port === HTTPS_PORT
      ? ''
      : `\nClients call port ${HTTPS_PORT}: lead that port of ${address} to port ${port}.`;
  return `
AWS's own host names are answered on port ${port}, for programs that can't be told an endpoint.${detour}
A program finds them by this line in /etc/hosts:

${address} ${hosts.join(' ')}

and trusts them by these variables, which are for that program alone. Never make the system or a browser trust the certificate.

${renderEnvironment('sh', names.env)}`;
}
