import { Global, Module } from '@nestjs/common';
import { CONFIG } from '#kernel';
import { createReceivedFiles, DOCUMENT_TYPES, RECEIVED_FILES, UploadChecks, Uploads, UploadSweep } from '#media';
import { PlatformRegistry } from '#platforms';
import { UploadProtocol } from './upload-protocol.js';
import { UploadsController } from './uploads.controller.js';

/** What any network takes. */
const documentTypes = {
  provide: DOCUMENT_TYPES,
  inject: [PlatformRegistry],
  useFactory: (platforms: PlatformRegistry): readonly string[] => [
    ...new Set(
      platforms
        .manifests()
        .flatMap(({ limits, formats = [] }) => [limits, ...formats.map((format) => format.limits)])
        .flatMap(({ media }) => media.document?.types ?? []),
    ),
  ],
};

/** `/v1/workspaces/:id/uploads`, `/v1/uploads` */
@Global()
@Module({
  controllers: [UploadsController],
  providers: [
    documentTypes,
    { provide: RECEIVED_FILES, useFactory: createReceivedFiles, inject: [CONFIG] },
    UploadChecks,
    Uploads,
    UploadSweep,
    UploadProtocol,
  ],
  exports: [DOCUMENT_TYPES],
})
export class UploadsModule {}
