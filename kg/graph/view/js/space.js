// Room on a canvas, reckoned in a grid: what is written first takes its cells, and what comes later looks for others.

// Pixels of a cell, and how much of what stands there already a thing may cover.
const CELL = 4, COVERED = 0.1;

// Which cells of the canvas are taken.
class Space {
  constructor(width, height) {
    [this.columns, this.rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  // Take that of some boxes which covers least, the first of those alike, if it does not cover too much; and give it.
  best(boxes) {
    let best = null, least = Infinity;
    for (const box of boxes) {
      const covered = this.covered(box);
      if (covered < least && covered <= COVERED) [best, least] = [box, covered];
      if (!least) break;
    }
    if (best) this.each(best, (cell) => { this.taken[cell] = 1; });
    return best;
  }

  // The share of a box that is taken already; more than all of it if it is not wholly on the canvas.
  covered(box) {
    let taken = 0, all = 0;
    const whole = this.each(box, (cell) => { taken += this.taken[cell]; all += 1; });
    return whole ? taken / all : Infinity;
  }

  // Visit each cell under a box that is turned about its middle; false if one is not on the canvas.
  each({ x, y, width, height, angle }, visit) {
    const [right, down] = [Math.cos(angle) / CELL, Math.sin(angle) / CELL];
    const [across, along] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
    for (let i = 0; i <= across; i += 1) {
      const aside = (i / across - 0.5) * width;
      for (let j = 0; j <= along; j += 1) {
        const below = (j / along - 0.5) * height;
        const column = Math.floor(x / CELL + aside * right - below * down), row = Math.floor(y / CELL + aside * down + below * right);
        if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return false;
        visit(row * this.columns + column);
      }
    }
    return true;
  }

  take(x, y, radius) {
    const [left, top, right, bottom] = [x - radius, y - radius, x + radius, y + radius].map((at) => Math.floor(at / CELL));
    for (let row = Math.max(0, top); row <= Math.min(this.rows - 1, bottom); row += 1) {
      this.taken.fill(1, row * this.columns + Math.max(0, left), row * this.columns + Math.max(0, Math.min(this.columns, right + 1)));
    }
  }
}
