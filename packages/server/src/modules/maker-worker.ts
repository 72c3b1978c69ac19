/** Makes what the module server answers, one request at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { createWorkshop } from './make.ts';
import type { Reply } from './maker.ts';
import type { MakeRequest, MakerSettings } from './making.ts';

const workshop = createWorkshop(workerData as MakerSettings);

parentPort?.on('message', (request: MakeRequest) => {
  workshop.make(request).then(
    (made) => parentPort?.postMessage({ made } satisfies Reply),
    (failure: unknown) => parentPort?.postMessage({ failure } satisfies Reply),
  );
});
