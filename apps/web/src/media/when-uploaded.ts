import { ApiError } from '../api/problem.js';
import { type Media } from '../api/queries.js';
import { uploaderOf, uploads } from './uploader.js';

/**
 * Uploads one file and waits for what becomes of it.
 * @throws ApiError with the words of the refusal; the signal's reason when it was cancelled
 */
export function whenUploaded(workspaceId: string, file: File): Promise<Media> {
  const uploader = uploaderOf(workspaceId);
  const [id = ''] = uploader.add([file]);
  return new Promise((resolve, reject) => {
    const look = () => {
      const item = uploads.find(id);
      if (item?.state === 'done' && item.media) resolve(item.media);
      else if (item?.state === 'refused') reject(refused(item.problem?.message ?? ''));
      else if (item) return;
      else reject(refused('The upload was cancelled.'));
      end();
      // What became of it is told where it was chosen.
      if (item) uploader.drop(id);
    };
    const end = uploads.subscribe(look);
    look();
  });
}

function refused(detail: string): ApiError {
  const type = 'urn:clickpost:problem:validation-failed';
  return new ApiError({ type, title: 'The file was not taken', status: 422, detail });
}
