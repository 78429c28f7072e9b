// Runs inside the page before its own scripts: notes, once a frame, when what a person waits for is there.
// Plain script, since the page cannot read TypeScript.
(() => {
  /** @type {Record<string, number>} */
  const marks = {};
  const isThere = {
    key: () => /\d/.test(document.querySelector('form [role="status"] p')?.textContent ?? ''),
    opened: () =>
      document.querySelector('nav a[href$="/overview"]') !== null && document.querySelector('form [role="status"]') === null,
    rows: () => document.querySelector('article time, [role="gridcell"]') !== null
  };
  const look = () => {
    if (marks.pressed !== undefined) {
      for (const [name, test] of Object.entries(isThere))
        if (marks[name] === undefined && test()) marks[name] = performance.now();
    }
    requestAnimationFrame(look);
  };
  addEventListener('submit', () => (marks.pressed = performance.now()), { capture: true });
  requestAnimationFrame(look);
  globalThis.skeinMarks = marks;
})();
