import { IconFileText, IconMovie } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { UploadButtons } from '../media/upload-buttons.js';
import { UploadStatus } from '../media/upload-status.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { type Upload } from './use-uploads.js';

/** A file on its way: how far it is, or why it did not arrive. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { uploads } = useComposer();
  return (
    <div className={classes['image']} role="group" aria-label={`Upload of ${upload.name}`}>
      <Picture file={upload.file} />
      <div className={classes['imageWords']}>
        <UploadStatus item={upload} />
      </div>
      <div className={classes['imageButtons']}>
        <UploadButtons item={upload} actions={uploads} />
      </div>
    </div>
  );
}

/** The file as it lies on this device. */
function Picture({ file }: { file: File }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!file.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (address === undefined) {
    return (
      <div className={classes['thumb']} data-empty aria-hidden>
        {file.type.startsWith('video/') ? <IconMovie size={24} stroke={1.5} /> : null}
        {/^application\//.test(file.type) ? <IconFileText size={24} stroke={1.5} /> : null}
      </div>
    );
  }
  return <img className={classes['thumb']} src={address} alt="" data-coming onError={() => setAddress(undefined)} />;
}
