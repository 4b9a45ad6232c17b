import { useToaster } from "@itwin/itwinui-react";
import { useEffect } from "react";
import { viewerMessage } from "../itwin/notifications";

/** Shows the viewer's messages as toasts. */
export function ViewerToasts(): null {
  const toaster = useToaster();
  useEffect(
    () =>
      viewerMessage.subscribe(() => {
        const message = viewerMessage.value;
        if (message) toaster[message.severity](message.detail ? `${message.text}: ${message.detail}` : message.text);
      }),
    [toaster],
  );
  return null;
}
