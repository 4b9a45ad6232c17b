import { useRef, useState } from "react";
import { uploadFile } from "../api/files";
import { describeError, HttpError } from "../shared/errors";

export interface Upload {
  id: number;
  file: File;
  /** Share that was sent, 0 to 1. At 1 the server still checks the file. */
  progress: number;
  failure?: { text: string; exists: boolean };
}

export interface Uploads {
  running: readonly Upload[];
  add: (files: Iterable<File>) => void;
  replace: (upload: Upload) => void;
  remove: (upload: Upload) => void;
}

/** Sends files to the catalogue; one that arrived leaves the list and `onAdded` is called. */
export function useUploads(onAdded: () => void): Uploads {
  const [running, setRunning] = useState<readonly Upload[]>([]);
  const aborts = useRef(new Map<number, AbortController>());
  const nextId = useRef(0);

  const change = (id: number, changes: Partial<Upload>): void =>
    setRunning((uploads) => uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)));
  const drop = (id: number): void => {
    aborts.current.get(id)?.abort();
    aborts.current.delete(id);
    setRunning((uploads) => uploads.filter((upload) => upload.id !== id));
  };

  const start = (file: File, replace: boolean): void => {
    const id = nextId.current++;
    const abort = new AbortController();
    aborts.current.set(id, abort);
    setRunning((uploads) => [...uploads, { id, file, progress: 0 }]);
    uploadFile(file, replace, (progress) => change(id, { progress }), abort.signal).then(
      () => {
        drop(id);
        onAdded();
      },
      (error: unknown) => {
        const { title, detail } = describeError(error);
        change(id, { failure: { text: detail ?? title, exists: error instanceof HttpError && error.status === 409 } });
      },
    );
  };

  return {
    running,
    add: (files) => {
      for (const file of files) start(file, false);
    },
    replace: (upload) => {
      drop(upload.id);
      start(upload.file, true);
    },
    remove: (upload) => drop(upload.id),
  };
}
