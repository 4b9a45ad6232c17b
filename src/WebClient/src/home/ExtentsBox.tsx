import type { Extents } from "../api/imodels";

const cos30 = Math.cos(Math.PI / 6);

/** The project extents as an isometric box in their true proportions: the picture of an iModel that was not opened here yet. */
export function ExtentsBox({ extents }: { extents: Extents | undefined }): React.JSX.Element {
  const size = extents ? extents.high.map((high, axis) => Math.max(high - (extents.low[axis] ?? 0), 1e-3)) : [1, 1, 1];
  const longest = Math.max(...size);
  // A flat site would vanish: no edge is drawn shorter than a twelfth of the longest.
  const [x, y, z] = size.map((length) => Math.max(length / longest, 1 / 12)) as [number, number, number];
  const point = (px: number, py: number, pz: number): string => `${((px - py) * cos30).toFixed(3)},${((px + py) / 2 - pz).toFixed(3)}`;
  const top = [point(0, 0, z), point(x, 0, z), point(x, y, z), point(0, y, z)].join(" ");
  const left = [point(0, y, z), point(x, y, z), point(x, y, 0), point(0, y, 0)].join(" ");
  const right = [point(x, 0, z), point(x, y, z), point(x, y, 0), point(x, 0, 0)].join(" ");
  const minX = -y * cos30, maxX = x * cos30, minY = -z, maxY = (x + y) / 2;
  const margin = 0.3;
  return (
    <svg
      className={`extents-box${extents ? "" : " extents-unknown"}`} aria-hidden="true"
      viewBox={`${minX - margin} ${minY - margin} ${maxX - minX + 2 * margin} ${maxY - minY + 2 * margin}`}
    >
      <polygon className="face-top" points={top} />
      <polygon className="face-left" points={left} />
      <polygon className="face-right" points={right} />
    </svg>
  );
}
