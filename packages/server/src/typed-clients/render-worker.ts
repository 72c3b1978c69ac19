/** The script of the render thread: renders one request at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RenderReply, RenderRequest, RenderSettings } from './render-messages.ts';
import { createRenderer } from './renderer.ts';

const renderer = createRenderer(workerData as RenderSettings);

parentPort?.on('message', (request: RenderRequest) => {
  renderer.render(request).then(
    (rendered) => parentPort?.postMessage({ rendered } satisfies RenderReply),
    (failure: unknown) => parentPort?.postMessage({ failure } satisfies RenderReply),
  );
});
