import path from 'node:path';

export const serversFolder = path.dirname(import.meta.dirname);
export const repository = path.join(serversFolder, '../..');

/** Models of AWS's services as they are published. */
export const models = path.join(repository, '../shared/api-models-aws');

/** What is installed and generated; not part of the repository. */
export const cacheFolder = path.join(serversFolder, '.cache');
export const python = path.join(cacheFolder, 'python');
