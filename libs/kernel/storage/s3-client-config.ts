import { type S3ClientConfig } from '@aws-sdk/client-s3';
import { type S3Config } from '../config/index.js';

/** How every client of the store is set. */
export function s3ClientConfig(config: S3Config): S3ClientConfig {
  return {
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Many stores refuse the checksums that the SDK would add by itself: https://github.com/aws/aws-sdk-js-v3/issues/6810
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A store that fell silent must be noticed, not waited for.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  };
}
