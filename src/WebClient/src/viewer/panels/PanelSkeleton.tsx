/** Holds a panel's place while it loads. */
export function PanelSkeleton(): React.JSX.Element {
  return <div className="panel-skeleton" aria-busy aria-label="Loading">{[70, 55, 80, 45, 60].map((width) => <span key={width} style={{ width: `${width}%` }} />)}</div>;
}
