import { sdkForGo } from './harness/clients.ts';
import { testSdk } from './harness/sdk-suite.ts';

await testSdk(sdkForGo);
