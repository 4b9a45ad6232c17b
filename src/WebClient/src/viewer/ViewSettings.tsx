import { RenderMode, type ViewFlagOverrides } from "@itwin/core-common";
import type { ScreenViewport } from "@itwin/core-frontend";
import { Button, LabeledSelect, ToggleSwitch } from "@itwin/itwinui-react";
import { useEffect, useReducer } from "react";
import { useIs3d } from "./useIs3d";

const renderModes = [
  { value: String(RenderMode.SmoothShade), label: "Smooth" },
  { value: String(RenderMode.SolidFill), label: "Solid fill" },
  { value: String(RenderMode.HiddenLine), label: "Hidden line" },
  { value: String(RenderMode.Wireframe), label: "Wireframe" },
];

type Flag = "visibleEdges" | "shadows" | "ambientOcclusion" | "transparency" | "grid" | "acsTriad";
const flags: readonly { flag: Flag; label: string; only3d?: boolean }[] = [
  { flag: "visibleEdges", label: "Edges", only3d: true },
  { flag: "shadows", label: "Shadows", only3d: true },
  { flag: "ambientOcclusion", label: "Ambient occlusion", only3d: true },
  { flag: "transparency", label: "Transparency" },
  { flag: "grid", label: "Grid" },
  { flag: "acsTriad", label: "Axes" },
];

/** How the view is drawn. */
export function ViewSettings({ viewport }: { viewport: ScreenViewport }): React.JSX.Element {
  const [, redraw] = useReducer((version: number) => version + 1, 0);
  useEffect(() => viewport.onViewChanged.addListener(() => redraw()), [viewport]);
  const set = (overrides: ViewFlagOverrides): void => {
    overrideViewFlags(viewport, overrides);
    redraw();
  };
  const is3d = useIs3d(viewport);
  return (
    <div className="view-settings">
      {is3d && (
        <LabeledSelect
          label="Rendering" size="small" options={renderModes} value={String(viewport.viewFlags.renderMode)}
          onChange={(value) => set({ renderMode: Number(value) })}
        />
      )}
      {flags.filter(({ only3d }) => is3d || !only3d).map(({ flag, label }) => (
        <ToggleSwitch key={flag} size="small" labelPosition="left" label={label} checked={viewport.viewFlags[flag]} onChange={(event) => set({ [flag]: event.target.checked })} />
      ))}
      {is3d && (
        <Button size="small" onClick={() => toggleCamera(viewport)}>{viewport.isCameraOn ? "Parallel projection" : "Perspective"}</Button>
      )}
    </div>
  );
}

function overrideViewFlags(viewport: ScreenViewport, overrides: ViewFlagOverrides): void {
  viewport.viewFlags = viewport.viewFlags.override(overrides);
}

function toggleCamera(viewport: ScreenViewport): void {
  if (viewport.isCameraOn) viewport.turnCameraOff();
  else viewport.turnCameraOn();
  viewport.synchWithView();
}
