import { Button, Input, Label } from "@itwin/itwinui-react";
import type { BriefcaseConnection } from "@itwin/core-frontend";
import type { GeometricElement3dProps } from "@itwin/core-common";
import { Point3d } from "@itwin/core-geometry";
import type { LiveState } from "itwin-orleans-live-client";
import { useState } from "react";
import type { Editor } from "../../itwin/edit/Editor";
import { useAsync } from "../../shared/useAsync";

const axes = ["x", "y", "z"] as const;

/** Where an element stands, to be changed by numbers; nothing for one that stands nowhere. */
export function PositionForm({ editor, id, version }: { editor: Editor; id: string; version: number }): React.JSX.Element | null {
  const { document } = editor;
  const [place] = useAsync(async () => {
    const base = document.state;
    return { base, origin: await readOrigin(document.connection, id) };
  }, [document, id, version]);
  const { base, origin } = place.value ?? {};
  if (!base || !origin) return null;
  return <Fields key={`${id} ${axes.map((axis) => origin[axis]).join(" ")}`} origin={origin} base={base} onMove={(to) => void editor.moveTo(id, to, base)} />;
}

function Fields({ origin, onMove }: { origin: Point3d; base: LiveState; onMove: (origin: Point3d) => void }): React.JSX.Element {
  const [texts, setTexts] = useState(() => axes.map((axis) => origin[axis].toFixed(3)));
  const numbers = texts.map(Number);
  const isValid = texts.every((text) => text.trim() !== "") && numbers.every(Number.isFinite);
  const isChanged = axes.some((axis, index) => texts[index] !== origin[axis].toFixed(3));
  return (
    <form
      className="position-form" aria-label="Position"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid && isChanged) onMove(Point3d.create(numbers[0], numbers[1], numbers[2]));
      }}
    >
      {axes.map((axis, index) => (
        <div key={axis}>
          <Label htmlFor={`position-${axis}`}>{axis.toUpperCase()} (m)</Label>
          <Input
            id={`position-${axis}`} size="small" inputMode="decimal" value={texts[index]}
            onChange={(event) => setTexts(texts.map((text, position) => (position === index ? event.target.value : text)))}
          />
        </div>
      ))}
      <Button type="submit" size="small" disabled={!isValid || !isChanged}>Move</Button>
    </form>
  );
}

async function readOrigin(iModel: BriefcaseConnection, id: string): Promise<Point3d | undefined> {
  const [element] = (await iModel.elements.getProps(id)) as GeometricElement3dProps[];
  return element?.placement && Point3d.fromJSON(element.placement.origin);
}
