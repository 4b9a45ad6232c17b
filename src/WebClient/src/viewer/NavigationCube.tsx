import { type ScreenViewport, StandardViewId } from "@itwin/core-frontend";
import { useEffect, useRef } from "react";
import { showStandardView } from "../itwin/tools";

const half = 30;
const faces: readonly { label: string; id: StandardViewId; transform: string }[] = [
  { label: "Top", id: StandardViewId.Top, transform: "" },
  { label: "Bottom", id: StandardViewId.Bottom, transform: "rotateX(180deg)" },
  { label: "Front", id: StandardViewId.Front, transform: "rotateX(-90deg)" },
  { label: "Right", id: StandardViewId.Right, transform: "rotateZ(-90deg) rotateX(-90deg)" },
  { label: "Back", id: StandardViewId.Back, transform: "rotateZ(180deg) rotateX(-90deg)" },
  { label: "Left", id: StandardViewId.Left, transform: "rotateZ(90deg) rotateX(-90deg)" },
];

/** A cube that turns with the view; its faces show the standard views. Drawn by CSS alone. */
export function NavigationCube({ viewport }: { viewport: ScreenViewport }): React.JSX.Element {
  const cube = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const turn = (): void => {
      if (cube.current) cube.current.style.transform = cssRotation(viewport);
    };
    turn();
    return viewport.onViewChanged.addListener(turn);
  }, [viewport]);
  return (
    <div className="navigation-cube" role="group" aria-label="Standard views">
      <div className="cube" ref={cube}>
        {faces.map(({ label, id, transform }) => (
          <button key={label} type="button" style={{ transform: `${transform} translateZ(${half}px)` }} onClick={() => void showStandardView(viewport, id)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

/** World-to-view rotation in CSS axes, whose y points down: both sides of the matrix change the sign of y. */
function cssRotation(viewport: ScreenViewport): string {
  const sign = [1, -1, 1];
  const columns = [0, 1, 2].map((column) =>
    [0, 1, 2].map((row) => (viewport.rotation.at(row, column) * (sign[row] ?? 1) * (sign[column] ?? 1)).toFixed(6)).concat("0"),
  );
  return `matrix3d(${[...columns.flat(), "0", "0", "0", "1"].join(",")})`;
}
