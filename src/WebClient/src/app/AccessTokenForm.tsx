import { Button, Input } from "@itwin/itwinui-react";
import { useState } from "react";
import { setAccessToken } from "../api/accessToken";

/** Asks for a bearer token, for servers that require one. */
export function AccessTokenForm({ onSaved }: { onSaved: () => void }): React.JSX.Element {
  const [token, setToken] = useState("");
  return (
    <form
      className="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        setAccessToken(token.trim());
        onSaved();
      }}
    >
      <Input type="password" aria-label="Access token" placeholder="Access token" value={token} onChange={(event) => setToken(event.target.value)} />
      <Button type="submit" styleType="high-visibility" disabled={token.trim() === ""}>Continue</Button>
    </form>
  );
}
