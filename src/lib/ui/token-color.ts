/**
 * A token's colour as drawn now, for canvas and WebGL: custom properties themselves only give their source text.
 * @param name with dashes, e.g. '--category-1'.
 * @returns 'rgb(r, g, b)' or 'rgba(...)'. Ask again after a change of theme.
 */
export function tokenColor(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  probe.hidden = true;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
