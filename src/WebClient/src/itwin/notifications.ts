import type { XAndY } from "@itwin/core-geometry";
import { NotificationManager, type NotifyMessageDetails, OutputMessagePriority } from "@itwin/core-frontend";
import { Signal } from "../shared/signal";

export interface ViewerMessage {
  severity: "informational" | "positive" | "warning" | "negative";
  text: string;
  detail?: string;
  /** What the person can do about it. */
  action?: { label: string; run: () => void };
}

/** What the running tool asks the user to do next. */
export const toolPrompt = new Signal<string>("");

/** The last message of the viewer or one of its tools. */
export const viewerMessage = new Signal<ViewerMessage | undefined>(undefined);

export function notify(message: ViewerMessage): void {
  viewerMessage.value = message;
}

/** Shows the prompts, messages and element tooltips of `@itwin/core-frontend` in this page. */
export class ViewerNotifications extends NotificationManager {
  private _toolTip?: HTMLElement;

  public override outputPrompt(prompt: string): void {
    toolPrompt.value = prompt;
  }

  public override outputMessage(message: NotifyMessageDetails): void {
    notify({
      severity: severityOf(message.priority),
      text: plainText(message.briefMessage),
      detail: message.detailedMessage && plainText(message.detailedMessage),
    });
  }

  public override get isToolTipSupported(): boolean {
    return true;
  }

  public override get isToolTipOpen(): boolean {
    return this._toolTip !== undefined;
  }

  public override clearToolTip(): void {
    this._toolTip?.remove();
    this._toolTip = undefined;
  }

  protected override _showToolTip(host: HTMLElement, message: HTMLElement | string, location?: XAndY): void {
    this.clearToolTip();
    const toolTip = document.createElement("div");
    toolTip.className = "viewer-tooltip";
    toolTip.append(message);
    const { x, y } = location ?? { x: host.clientWidth / 2, y: host.clientHeight / 2 };
    toolTip.style.transform = `translate(${x + 16}px, ${y + 16}px)`;
    host.append(toolTip);
    this._toolTip = toolTip;
  }
}

function plainText(message: HTMLElement | string): string {
  return typeof message === "string" ? message : (message.textContent ?? "");
}

function severityOf(priority: OutputMessagePriority): ViewerMessage["severity"] {
  switch (priority) {
    case OutputMessagePriority.Error:
    case OutputMessagePriority.Fatal:
      return "negative";
    case OutputMessagePriority.Warning:
      return "warning";
    case OutputMessagePriority.Success:
      return "positive";
    case OutputMessagePriority.None:
    case OutputMessagePriority.Info:
    case OutputMessagePriority.Debug:
      return "informational";
  }
}
