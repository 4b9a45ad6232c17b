import { SvgClose } from "@itwin/itwinui-icons-react";
import { Button, IconButton, ProgressLinear } from "@itwin/itwinui-react";
import { formatBytes } from "../shared/text";
import type { Uploads } from "./useUploads";

/** Uploads that run or failed. */
export function UploadList({ uploads }: { uploads: Uploads }): React.JSX.Element | null {
  if (uploads.running.length === 0) return null;
  return (
    <ul className="upload-list" aria-label="Uploads">
      {uploads.running.map((upload) => (
        <li key={upload.id} data-failed={upload.failure !== undefined}>
          <span className="upload-name">{upload.file.name}</span>
          {upload.failure ? (
            <span className="upload-state" role="alert">{upload.failure.text}</span>
          ) : (
            <>
              <ProgressLinear value={upload.progress * 100} indeterminate={upload.progress === 1} aria-label={`Sending ${upload.file.name}`} />
              <span className="upload-state">{upload.progress === 1 ? "Checking…" : `${Math.round(upload.progress * 100)}% of ${formatBytes(upload.file.size)}`}</span>
            </>
          )}
          {upload.failure?.exists && <Button size="small" onClick={() => uploads.replace(upload)}>Replace</Button>}
          <IconButton size="small" styleType="borderless" label={upload.failure ? "Dismiss" : "Stop"} onClick={() => uploads.remove(upload)}><SvgClose /></IconButton>
        </li>
      ))}
    </ul>
  );
}
