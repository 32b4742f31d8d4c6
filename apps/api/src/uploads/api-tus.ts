import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiResponse } from '@nestjs/swagger';

/** What a request of the protocol does. */
type Step = 'describe' | 'begin' | 'look' | 'send' | 'cancel';

const VERSION = { name: 'Tus-Resumable', required: true, schema: { type: 'string' as const, enum: ['1.0.0'] } };
const OFFSET = {
  name: 'Upload-Offset',
  required: true,
  description: 'Where the bytes belong.',
  schema: { type: 'integer' as const, minimum: 0 },
};
const LENGTH = {
  name: 'Upload-Length',
  required: true,
  description: 'Bytes of the whole file.',
  schema: { type: 'integer' as const, minimum: 1 },
};
const METADATA = {
  name: 'Upload-Metadata',
  required: false,
  description: '`filename`, `altText` and `folderId`, each with its value in Base64, separated by commas.',
  schema: { type: 'string' as const },
};

/** Documents a request of the tus protocol: https://tus.io/protocols/resumable-upload */
export function ApiTus(step: Step): MethodDecorator {
  return applyDecorators(...(step === 'describe' ? [] : [ApiHeader(VERSION)]), ...documented(step));
}

function documented(step: Step): MethodDecorator[] {
  const offset = { 'Upload-Offset': { description: 'Bytes that have arrived.', schema: { type: 'integer' as const } } };
  switch (step) {
    case 'describe': {
      const headers = {
        'Tus-Max-Size': { description: 'Bytes of the largest file.', schema: { type: 'integer' as const } },
      };
      return [ApiResponse({ status: 204, description: 'What can be done.', headers })];
    }
    case 'begin': {
      const headers = { Location: { description: 'The address of the upload.', schema: { type: 'string' as const } } };
      return [ApiHeader(LENGTH), ApiHeader(METADATA), ApiResponse({ status: 201, description: 'Begun.', headers })];
    }
    case 'look':
      return [ApiResponse({ status: 200, description: 'How much has arrived.', headers: offset })];
    case 'send':
      return [
        ApiHeader(OFFSET),
        ApiConsumes('application/offset+octet-stream'),
        ApiBody({ schema: { type: 'string', format: 'binary' } }),
        ApiResponse({ status: 204, description: 'Arrived.', headers: offset }),
      ];
    case 'cancel':
      return [ApiResponse({ status: 204, description: 'Cancelled.' })];
  }
}
