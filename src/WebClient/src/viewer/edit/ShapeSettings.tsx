import { Input, Label, Select } from "@itwin/itwinui-react";
import type { IModelConnection } from "@itwin/core-frontend";
import { useEffect } from "react";
import { changeEditSettings, editSettings, loadTargets } from "../../itwin/edit/editSettings";
import { shapeKinds, type ShapeSize } from "../../itwin/edit/shapes";
import { useSignal } from "../../shared/signal";
import { splitCamelCase } from "../../shared/text";
import { useAsync } from "../../shared/useAsync";

/** What the next shape is: its dimensions in metres, its model and category. */
export function ShapeSettings({ iModel }: { iModel: IModelConnection }): React.JSX.Element {
  const { kind, size, modelId, categoryId } = useSignal(editSettings);
  const [targets] = useAsync(async () => loadTargets(iModel), [iModel]);
  const known = targets.value;
  const { models = [], categories = [] } = known ?? {};
  useEffect(() => {
    if (!known) return;
    const { models, categories } = known;
    const { modelId: model, categoryId: category } = editSettings.value;
    changeEditSettings({
      modelId: models.some(({ id }) => id === model) ? model : models[0]?.id,
      categoryId: categories.some(({ id }) => id === category) ? category : categories[0]?.id,
    });
  }, [known]);
  const sizes = shapeKinds.find((shape) => shape.kind === kind)?.sizes ?? [];
  return (
    <form className="shape-settings" aria-label="New shape" onSubmit={(event) => event.preventDefault()}>
      {sizes.map((name) => (
        <NumberField key={name} label={`${splitCamelCase(name)} (m)`} value={size[name]} onChange={(value) => changeEditSettings({ size: { ...size, [name]: value } satisfies ShapeSize })} />
      ))}
      <div className="shape-target">
        <Label as="span">Model</Label>
        <Select size="small" value={modelId} options={models.map(({ id, label }) => ({ value: id, label }))} onChange={(value) => changeEditSettings({ modelId: value })} triggerProps={{ "aria-label": "Model" }} />
      </div>
      <div className="shape-target">
        <Label as="span">Category</Label>
        <Select size="small" value={categoryId} options={categories.map(({ id, label }) => ({ value: id, label }))} onChange={(value) => changeEditSettings({ categoryId: value })} triggerProps={{ "aria-label": "Category" }} />
      </div>
    </form>
  );
}

/** Only what is above zero is taken over. */
function NumberField({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }): React.JSX.Element {
  const id = `shape-${label}`;
  return (
    <div className="shape-number">
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id} size="small" type="number" min={0.01} step={0.1} defaultValue={value}
        onChange={(event) => {
          if (event.target.valueAsNumber > 0) onChange(event.target.valueAsNumber);
        }}
      />
    </div>
  );
}
