import type { ApiMetadata } from '../api-metadata.ts';
import { globals } from '../platform/globals.ts';
import { platform } from '../platform/platform.ts';

const version = '0.1.0';

const retryModeIds = { standard: 'E', adaptive: 'F' } as const;

/** What AWS's services count clients by: the library, the platform, the API and the features in use. */
export function userAgent(
  { serviceId, service, features = [] }: ApiMetadata,
  retryMode: keyof typeof retryModeIds,
  appId: string | undefined,
): string {
  const metrics = [retryModeIds[retryMode], ...features.flatMap(({ userAgentId }) => userAgentId ?? [])];
  const parts = [
    `latchkey/${version}`,
    'ua/2.1',
    `os/${globals.process?.platform ?? 'other'}`,
    'lang/js',
    `md/${platformName()}`,
    `api/${token(serviceId)}#${token(service.version)}`,
    `m/${metrics.join(',')}`,
    ...(appId === undefined ? [] : [`app/${token(appId)}`]),
  ];
  return parts.join(' ');
}

/** Browsers keep `user-agent` for themselves. */
export const userAgentHeader = platform === 'web' ? 'x-amz-user-agent' : 'user-agent';

function platformName(): string {
  const running = globals.process?.versions?.[platform];
  return running === undefined ? platform : `${platform}#${running}`;
}

/** Other characters than those of a token of HTTP give way to a hyphen; a space to an underscore. */
function token(text: string): string {
  return text.replaceAll(' ', '_').replace(/[^\w!$%&'*+.^`|~-]/g, '-');
}
