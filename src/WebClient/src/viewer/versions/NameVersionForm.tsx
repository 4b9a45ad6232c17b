import { Button, Input } from "@itwin/itwinui-react";
import type { Versions } from "itwin-orleans-live-client";
import { useState } from "react";
import { notify } from "../../itwin/notifications";
import { describeError } from "../../shared/errors";

/** Names the present state. */
export function NameVersionForm({ versions, onNamed }: { versions: Versions; onNamed: () => void }): React.JSX.Element {
  const [name, setName] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      const version = await versions.name(name.trim());
      notify({ severity: "positive", text: `Version ${version.index} "${version.name}" was made.` });
      setName("");
      onNamed();
    } catch (error) {
      const { title, detail } = describeError(error);
      notify({ severity: "negative", text: `The version was not made: ${title}`, detail });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="version-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Input size="small" aria-label="Name of the version" placeholder="Name the present state" maxLength={255} value={name} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" size="small" styleType="high-visibility" disabled={isBusy || name.trim() === ""}>{isBusy ? "Making…" : "Name"}</Button>
    </form>
  );
}
