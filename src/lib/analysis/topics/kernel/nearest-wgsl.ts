/** Threads of a workgroup; each has a row of its own. */
export const ROWS_A_GROUP = 64;
/** Rows that a workgroup compares its own with at a time. */
export const OTHERS_AT_ONCE = 16;
const QUADS_AT_ONCE = 16;

/**
 * Nearest rows on a graphics card. Each thread keeps the list of one row in the card's memory; a workgroup fetches the
 * same few other rows once for all its threads, a slice of their numbers at a time. Others come in ascending order and
 * a later one needs a smaller square, so of equal squares the lower number stays.
 *
 * Numbers lie in fours, all rows' first four one after another, then all rows' second four: neighbouring threads then
 * read neighbouring places.
 */
export const NEAREST_WGSL = /* wgsl */ `
struct Task {
  rows: u32,
  quads: u32,
  kept: u32,
  begin: u32,
  end: u32
}

@group(0) @binding(0) var<uniform> task: Task;
@group(0) @binding(1) var<storage, read> numbers: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> sizes: array<f32>;
@group(0) @binding(3) var<storage, read_write> squares: array<f32>;
@group(0) @binding(4) var<storage, read_write> indices: array<u32>;

const ROWS = ${ROWS_A_GROUP}u;
const OTHERS = ${OTHERS_AT_ONCE}u;
const QUADS = ${QUADS_AT_ONCE}u;
var<workgroup> slice: array<vec4<f32>, ${OTHERS_AT_ONCE * QUADS_AT_ONCE}>;

fn keep(row: u32, other: u32, square: f32) {
  let first = row * task.kept;
  var at = first + task.kept - 1u;
  while (at > first && squares[at - 1u] > square) {
    squares[at] = squares[at - 1u];
    indices[at] = indices[at - 1u];
    at--;
  }
  squares[at] = square;
  indices[at] = other;
}

@compute @workgroup_size(${ROWS_A_GROUP})
fn nearest(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let row = group.x * ROWS + thread;
  let isRow = row < task.rows;
  for (var first = task.begin; first < task.end; first += OTHERS) {
    // Set to zero by name: one compiler in software keeps what a variable of the loop held the round before.
    var products = array<f32, ${OTHERS_AT_ONCE}>();
    for (var quad = 0u; quad < task.quads; quad += QUADS) {
      workgroupBarrier();
      for (var i = thread; i < OTHERS * QUADS; i += ROWS) {
        let other = first + i % OTHERS;
        let q = quad + i / OTHERS;
        if (other < task.end && q < task.quads) {
          slice[i] = numbers[q * task.rows + other];
        }
      }
      workgroupBarrier();
      if (isRow) {
        let quads = min(QUADS, task.quads - quad);
        for (var q = 0u; q < quads; q++) {
          let own = numbers[(quad + q) * task.rows + row];
          for (var o = 0u; o < OTHERS; o++) {
            products[o] += dot(own, slice[q * OTHERS + o]);
          }
        }
      }
    }
    if (isRow) {
      let last = (row + 1u) * task.kept - 1u;
      for (var o = 0u; o < OTHERS; o++) {
        let other = first + o;
        if (other < task.end && other != row) {
          let square = sizes[row] + sizes[other] - 2.0 * products[o];
          if (square < squares[last]) {
            keep(row, other, square);
          }
        }
      }
    }
  }
}
`;
