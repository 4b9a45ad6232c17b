import { useRef } from "react";

interface Props {
  label: string;
  /** The axis along which the neighbour's size changes. */
  axis: "x" | "y";
  size: number;
  min: number;
  max: number;
  /** +1 if moving right or down makes the neighbour larger, else -1. */
  direction: 1 | -1;
  onResize: (size: number) => void;
}

const keyStep = 24;

/** A bar that resizes the panel beside it, by pointer or by arrow keys. */
export function Splitter({ label, axis, size, min, max, direction, onResize }: Props): React.JSX.Element {
  const start = useRef<{ at: number; size: number }>(undefined);
  const clamp = (value: number): number => Math.min(max, Math.max(min, value));
  const at = (event: React.PointerEvent): number => (axis === "x" ? event.clientX : event.clientY);
  return (
    // A focusable separator is a widget: it is what ARIA calls a window splitter.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={`splitter splitter-${axis}`} role="separator" aria-label={label} aria-orientation={axis === "x" ? "vertical" : "horizontal"}
      aria-valuenow={size} aria-valuemin={min} aria-valuemax={max}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current) onResize(clamp(start.current.size + (at(event) - start.current.at) * direction));
      }}
      onPointerUp={() => { start.current = undefined; }}
      onKeyDown={(event) => {
        const steps: Partial<Record<string, number>> = axis === "x" ? { ArrowLeft: -1, ArrowRight: 1 } : { ArrowUp: -1, ArrowDown: 1 };
        const step = steps[event.key];
        if (step !== undefined) onResize(clamp(size + step * direction * keyStep));
      }}
    />
  );
}
