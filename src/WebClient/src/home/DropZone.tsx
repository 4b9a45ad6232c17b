import { SvgUpload } from "@itwin/itwinui-icons-react";
import { type ReactNode, useState } from "react";

interface Props {
  onFiles: (files: Iterable<File>) => void;
  children: ReactNode;
}

/** The catalogue as a place to drop files on. Everything it does, the button does too. */
export function DropZone({ onFiles, children }: Props): React.JSX.Element {
  const [over, setOver] = useState(false);
  const hasFiles = (event: React.DragEvent): boolean => event.dataTransfer.types.includes("Files");
  return (
    <main
      className="home"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && <div className="drop-hint"><SvgUpload aria-hidden /><span>Drop iModel files to add them</span></div>}
    </main>
  );
}
