import type { ApiMetadata } from '../api-metadata.ts';
import { globals } from '../platform/globals.ts';
import { platform } from '../platform/platform.ts';

const version = '0.1.0';

const retryModeIds = { standard: 'E', adaptive: 'F' } as const;

/** The user agent, by which AWS counts clients: library, platform, API and features in use. */
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

/** Name of the header. Browsers do not let programs set `user-agent`. */
export const userAgentHeader = platform === 'web' ? 'x-amz-user-agent' : 'user-agent';

function platformName(): string {
  const running = globals.process?.versions?.[platform];
  return running === undefined ? platform : `${platform}#${running}`;
}

/** Replaces characters that a token of HTTP cannot have by `-`, and spaces by `_`. */
function token(text: string): string {
  return text.replaceAll(' ', '_').replace(/[^\w!$%&'*+.^`|~-]/g, '-');
}
