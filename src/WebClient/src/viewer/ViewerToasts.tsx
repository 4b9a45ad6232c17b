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
        if (!message) return;
        const { severity, text, detail, action } = message;
        const content = detail ? <><strong>{text}</strong><br />{detail}</> : text;
        const toast = toaster[severity](content, action && {
          type: "persisting", hasCloseButton: true,
          link: {
            title: action.label,
            onClick: () => {
              toast.close();
              action.run();
            },
          },
        });
      }),
    [toaster],
  );
  return null;
}
