interface Props {
  label: string;
  value: number;
  max: number;
  text: string;
}

/** How much of something is taken. */
export function Meter({ label, value, max, text }: Props): React.JSX.Element {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div className="meter" data-high={share >= 0.9}>
      <span>{label}</span>
      <span>{text}</span>
      <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={value} aria-valuetext={text}>
        <div style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  );
}
