import { SvgAdd } from "@itwin/itwinui-icons-react";
import { Button } from "@itwin/itwinui-react";
import { useRef } from "react";

/** Chooses iModel files to add. */
export function AddButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }): React.JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button styleType="high-visibility" startIcon={<SvgAdd />} onClick={() => input.current?.click()}>Add iModel</Button>
      <input
        ref={input} type="file" accept=".bim,.ibim" multiple hidden aria-label="iModel files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}
