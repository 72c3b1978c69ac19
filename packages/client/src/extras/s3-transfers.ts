export {
  type Download,
  type DownloadedHead,
  type DownloadingClient,
  type DownloadOptions,
  download,
} from '../s3/download.ts';
export {
  type PostCondition,
  type PostingClient,
  type PresignedPost,
  type PresignedPostOptions,
  presignedPost,
} from '../s3/presigned-post.ts';
export type { TransferProgress } from '../s3/transfer.ts';
export { type UploadingClient, type UploadOptions, type UploadOutput, upload } from '../s3/upload.ts';
