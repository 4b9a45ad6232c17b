const font = '600 12px "Open Sans Variable", "Open Sans", system-ui, sans-serif';
const tagHeight = 20;

/** An arrow whose tip is at the canvas's origin, with a name beside it. */
export function drawCursor(canvas: CanvasRenderingContext2D, name: string, color: string): void {
  canvas.beginPath();
  canvas.moveTo(0, 0);
  canvas.lineTo(0, 17);
  canvas.lineTo(4.5, 13);
  canvas.lineTo(12, 12.5);
  canvas.closePath();
  canvas.fillStyle = color;
  canvas.strokeStyle = "#fff";
  canvas.lineWidth = 1.5;
  canvas.fill();
  canvas.stroke();
  drawTag(canvas, name, color, 12, 14);
}

/** A name above the canvas's origin. */
export function drawNameTag(canvas: CanvasRenderingContext2D, name: string, color: string): void {
  canvas.font = font;
  drawTag(canvas, name, color, -(canvas.measureText(name).width + 14) / 2, -tagHeight - 6);
}

function drawTag(canvas: CanvasRenderingContext2D, name: string, color: string, x: number, y: number): void {
  canvas.font = font;
  canvas.fillStyle = color;
  canvas.beginPath();
  canvas.roundRect(x, y, canvas.measureText(name).width + 14, tagHeight, 5);
  canvas.fill();
  canvas.fillStyle = "#fff";
  canvas.textBaseline = "middle";
  canvas.fillText(name, x + 7, y + tagHeight / 2 + 0.5);
}
